using System.Collections.Immutable;
using System.Globalization;

namespace DocumentAgents.Reading.Pdf;

/// <summary>
/// PDF files with a text layer: text in reading order, embedded files, and facts about the document. Pictures of text give no lines.
/// </summary>
internal static class PdfReader
{
    private static readonly (string Key, string Name)[] Facts =
        [("Title", "title"), ("Author", "author"), ("Subject", "subject"), ("Producer", "producer"), ("Creator", "creator"), (
            "CreationDate", "created")];

    public static DocumentContent Read(DocumentSource source)
    {
        var file = PdfFile.Open(source.Bytes.ToArray(), new PdfBudget(source.Limits, source.Cancellation));
        var lines = new LineCollector(source);
        var found = new Found(0, 0, 0);
        foreach (var page in PdfPages.Of(file))
        {
            if (found.Pages >= source.Limits.MaxPages)
            {
                throw ReadException.Limit($"more than {source.Limits.MaxPages} pages");
            }

            found = AddPage(page, found, file, lines);
        }

        if (found.Pages == 0)
        {
            throw ReadException.Malformed("the file has no pages");
        }

        return new()
        {
            Format = DocumentFormat.Pdf,
            MediaType = "application/pdf",
            Lines = found.Runs == 0 ? [] : lines.Lines,
            Attachments = PdfAttachments.Of(file),
            Properties = Properties(file, found),
        };
    }

    private static Found AddPage(PdfPage page, Found before, PdfFile file, LineCollector lines)
    {
        var runs = new PdfRunCollector(page.Width, page.Height);
        new PdfContentReader(file, runs).Read(page);
        var finished = runs.Finish();
        var line = 0;
        foreach (var (text, x) in PdfLayout.Lines(finished))
        {
            lines.Add(new(text, Place.PageLine(before.Pages + 1, ++line), x));
        }

        return new(before.Pages + 1, before.Runs + finished.Count, before.Unreadable + runs.Unreadable);
    }

    private static ImmutableDictionary<string, string> Properties(PdfFile file, Found found)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string>();
        properties["pages"] = found.Pages.ToString(CultureInfo.InvariantCulture);
        var information = file.Get<PdfDictionary>(file.Trailer, "Info");
        foreach (var (key, name) in Facts)
        {
            if (file.Get<PdfString>(information, key)?.Text is { } value && !string.IsNullOrWhiteSpace(value))
            {
                properties[name] = value.Trim();
            }
        }

        if (found.Runs == 0)
        {
            properties["text"] = "none";
        }

        if (found.Unreadable > 0)
        {
            properties["unreadable_glyphs"] = found.Unreadable.ToString(CultureInfo.InvariantCulture);
        }

        return properties.ToImmutable();
    }

    private sealed record Found(int Pages, int Runs, int Unreadable);
}
