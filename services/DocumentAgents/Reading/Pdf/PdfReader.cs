using System.Collections.Immutable;
using System.Globalization;

namespace DocumentAgents.Reading.Pdf;

/// <summary>PDF files with a text layer: text in reading order, embedded files, and facts about the document. Pictures of text give no lines.</summary>
internal static class PdfReader
{
    private static readonly (string Key, string Name)[] Facts =
        [("Title", "title"), ("Author", "author"), ("Subject", "subject"), ("Producer", "producer"), ("Creator", "creator"), ("CreationDate", "created")];

    public static DocumentContent Read(DocumentSource source)
    {
        var bytes = source.Bytes.ToArray();
        var file = PdfFile.Open(bytes, new PdfBudget(source.Limits, source.Cancellation));
        var lines = new LineCollector(source);
        var pages = 0;
        var words = 0;
        foreach (var page in PdfPages.Of(file))
        {
            if (++pages > source.Limits.MaxPages)
            {
                throw ReadException.Limit($"more than {source.Limits.MaxPages} pages");
            }

            words += AddPage(page, pages, file, lines);
        }

        if (pages == 0)
        {
            throw ReadException.Malformed("the file has no pages");
        }

        return new()
        {
            Format = DocumentFormat.Pdf,
            MediaType = "application/pdf",
            Lines = words == 0 ? [] : lines.Lines,
            Attachments = PdfAttachments.Of(file),
            Properties = Properties(file, pages, words),
        };
    }

    private static int AddPage(PdfPage page, int number, PdfFile file, LineCollector lines)
    {
        var runs = new PdfRunCollector(page.Width, page.Height);
        new PdfContentReader(file, runs).Read(page);
        var finished = runs.Finish();
        var line = 0;
        foreach (var (text, x) in PdfLayout.Lines(finished))
        {
            lines.Add(new(text, Place.PageLine(number, ++line), x));
        }

        return finished.Count;
    }

    private static ImmutableDictionary<string, string> Properties(PdfFile file, int pages, int words)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string>();
        properties["pages"] = pages.ToString(CultureInfo.InvariantCulture);
        var information = file.Get<PdfDictionary>(file.Trailer, "Info");
        foreach (var (key, name) in Facts)
        {
            if (file.Get<PdfString>(information, key)?.Text is { } value && !string.IsNullOrWhiteSpace(value))
            {
                properties[name] = value.Trim();
            }
        }

        if (words == 0)
        {
            properties["text"] = "none";
        }

        return properties.ToImmutable();
    }
}
