using System.Collections.Immutable;

namespace DocumentAgents.Reading.Pdf;

/// <summary>Files embedded in a PDF, such as the XML of Factur-X, ZUGFeRD and other hybrid invoices.</summary>
internal static class PdfAttachments
{
    private const int MaxDepth = 32;
    private const int MaxFiles = 1_000;

    public static ImmutableArray<Attachment> Of(PdfFile file)
    {
        var specifications = new List<PdfDictionary>();
        var tree = file.Get<PdfDictionary>(file.Get<PdfDictionary>(file.Catalog, "Names"), "EmbeddedFiles");
        Collect(tree, specifications, file, 0);
        specifications.AddRange((file.Get<PdfArray>(file.Catalog, "AF")?.Items ?? []).Select(file.Resolve).OfType<PdfDictionary>());

        var attachments = ImmutableArray.CreateBuilder<Attachment>();
        foreach (var specification in specifications.Distinct().Take(MaxFiles))
        {
            var embedded = file.Get<PdfDictionary>(specification, "EF");
            var stream = file.Get<PdfStream>(embedded, "F") ?? file.Get<PdfStream>(embedded, "UF");
            if (stream is not null && PdfFilters.Decode(stream, file) is { } bytes)
            {
                var name = file.Get<PdfString>(specification, "UF")?.Text ?? file.Get<PdfString>(specification, "F")?.Text ?? "attachment";
                attachments.Add(new(name, file.Name(stream.Dictionary, "Subtype") ?? "application/octet-stream", bytes));
            }
        }

        return attachments.ToImmutable();
    }

    private static void Collect(PdfDictionary? node, List<PdfDictionary> found, PdfFile file, int depth)
    {
        if (node is null || depth > MaxDepth || found.Count > MaxFiles)
        {
            return;
        }

        var names = file.Get<PdfArray>(node, "Names")?.Items ?? [];
        found.AddRange(names.Where((_, i) => i % 2 == 1).Select(file.Resolve).OfType<PdfDictionary>());
        foreach (var kid in file.Get<PdfArray>(node, "Kids")?.Items ?? [])
        {
            file.Budget.Operate(1);
            Collect(file.Resolve(kid) as PdfDictionary, found, file, depth + 1);
        }
    }
}
