using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;

namespace DocumentAgents.Reading.Office;

/// <summary>
/// Workbooks: every sheet a table. Numbers are written plainly, dates as ISO 8601; formulas show the value last computed and are never run.
/// </summary>
internal static class XlsxReader
{
    private static readonly XNamespace Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static DocumentContent Read(DocumentSource source)
    {
        try
        {
            using var archive = new OfficeArchive(source);
            return Read(archive, source);
        }
        catch (XmlException e)
        {
            throw ReadException.Malformed(e.Message);
        }
    }

    private static DocumentContent Read(OfficeArchive archive, DocumentSource source)
    {
        var workbook = Parse(archive, "xl/workbook.xml", source) ?? throw ReadException.Malformed("xl/workbook.xml is missing");
        var lines = new LineCollector(source);
        ReadSheets(workbook, archive, lines, source);
        return new()
        {
            Format = DocumentFormat.Xlsx,
            MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Lines = lines.Lines,
            Tables = lines.Tables,
            Properties = OfficeProperties.Read(archive, source),
        };
    }

    private static void ReadSheets(XElement workbook, OfficeArchive archive, LineCollector lines, DocumentSource source)
    {
        var cells = new XlsxCells(SharedStrings(archive, source), XlsxNumberFormats.Read(archive, source), CountsFrom1904(workbook));
        var targets = Parse(archive, "xl/_rels/workbook.xml.rels", source)?.Elements()
            .ToLookup(relation => relation.Attribute("Id")?.Value, relation => relation.Attribute("Target")?.Value);
        foreach (var sheet in workbook.Descendants().Where(element => element.Name.LocalName == "sheet"))
        {
            var target = targets?[sheet.Attribute(Relationships + "id")?.Value].FirstOrDefault();
            if (target is not null && archive.Read(PathOf(target)) is { } part)
            {
                lines.AddTable(XlsxSheet.Read(sheet.Attribute("name")?.Value ?? "", part, cells, lines, source));
            }
        }
    }

    private static bool CountsFrom1904(XElement workbook) =>
        workbook.Elements().Any(element => element.Name.LocalName == "workbookPr" && element.Attribute("date1904")?.Value is "1" or "true");

    private static string PathOf(string target) => target.StartsWith('/') ? target[1..] : "xl/" + target;

    private static XElement? Parse(OfficeArchive archive, string name, DocumentSource source) =>
        archive.Read(name) is { } part ? SafeXml.Parse(SafeXml.Decode(part).Text, source).Root : null;

    private static ImmutableArray<string> SharedStrings(OfficeArchive archive, DocumentSource source)
    {
        var strings = ImmutableArray.CreateBuilder<string>();
        if (archive.Read("xl/sharedStrings.xml") is not { } part)
        {
            return [];
        }

        using var reader = SafeXml.OpenPart(part, source.Limits);
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                strings.Add(XlsxSheet.RichText(reader));
            }
        }

        return strings.ToImmutable();
    }
}
