using System.Xml.Linq;

namespace DocumentAgents.Reading.Office;

/// <summary>Word documents: headers, body, footnotes and footers in this order, tables row by row.</summary>
internal static class DocxReader
{
    public static DocumentContent Read(DocumentSource source)
    {
        using var archive = new OfficeArchive(source);
        var lines = new LineCollector(source);
        var body = new DocxBody(lines, source);
        var styles = DocxStyles.Read(archive, source);
        foreach (var part in Parts(archive, "word/header"))
        {
            body.AddStory(Parse(archive, part, source), "header", styles);
        }

        body.AddStory(Parse(archive, "word/document.xml", source), null, styles);
        foreach (var part in Parts(archive, "word/footnotes").Concat(Parts(archive, "word/endnotes")))
        {
            body.AddStory(Parse(archive, part, source), "note", styles);
        }

        foreach (var part in Parts(archive, "word/footer"))
        {
            body.AddStory(Parse(archive, part, source), "footer", styles);
        }

        return new()
        {
            Format = DocumentFormat.Docx,
            MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Lines = lines.Lines,
            Tables = lines.Tables,
            Properties = OfficeProperties.Read(archive, source),
        };
    }

    private static IEnumerable<string> Parts(OfficeArchive archive, string prefix) =>
        archive.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".xml", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static XElement Parse(OfficeArchive archive, string part, DocumentSource source)
    {
        var bytes = archive.Read(part) ?? throw ReadException.Malformed($"part {part} is missing");
        return SafeXml.Parse(SafeXml.Decode(bytes).Text, source).Root!;
    }
}
