using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;

namespace DocumentAgents.Reading.Office;

/// <summary>Streams one sheet into a table; blank rows are left out, gaps in a row are filled.</summary>
internal sealed class XlsxSheet
{
    private const int MaxColumns = 16_384;
    private readonly ImmutableArray<ImmutableArray<string>>.Builder rows = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
    private readonly ImmutableArray<int>.Builder numbers = ImmutableArray.CreateBuilder<int>();
    private readonly List<string> row = [];
    private readonly string name;
    private readonly LineCollector lines;
    private int rowNumber;

    private XlsxSheet(string name, LineCollector lines)
    {
        this.name = name;
        this.lines = lines;
    }

    public static Table Read(string name, byte[] part, XlsxCells cells, LineCollector lines, DocumentSource source)
    {
        var sheet = new XlsxSheet(name, lines);
        using var reader = SafeXml.OpenPart(part, source.Limits);
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                sheet.EndRow();
                sheet.rowNumber = int.TryParse(reader.GetAttribute("r"), CultureInfo.InvariantCulture, out var number)
                    ? number
                    : sheet.rowNumber + 1;
            }
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                sheet.Cell(reader, cells);
            }
        }

        sheet.EndRow();
        return new Table(name, sheet.rows.ToImmutable()) { PlaceKind = "cell", RowNumbers = sheet.numbers.ToImmutable() };
    }

    /// <summary>The text of the element the reader stands on, without phonetic hints; leaves the reader on its end.</summary>
    public static string RichText(XmlReader reader)
    {
        var text = new StringBuilder();
        using var inner = reader.ReadSubtree();
        var phonetic = 0;
        while (inner.Read())
        {
            if (inner is { NodeType: XmlNodeType.Element, LocalName: "rPh", IsEmptyElement: false })
            {
                phonetic++;
            }
            else if (inner is { NodeType: XmlNodeType.EndElement, LocalName: "rPh" })
            {
                phonetic--;
            }
            else if (phonetic == 0 && inner.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                text.Append(inner.Value);
            }
        }

        return text.ToString();
    }

    private void Cell(XmlReader reader, XlsxCells cells)
    {
        var column = ColumnOf(reader.GetAttribute("r")) ?? row.Count;
        var (type, style) = (reader.GetAttribute("t") ?? "n", reader.GetAttribute("s"));
        var value = "";
        using (var inner = reader.ReadSubtree())
        {
            inner.Read();
            while (inner.Read())
            {
                if (inner is { NodeType: XmlNodeType.Element, LocalName: "v" or "is" })
                {
                    value = RichText(inner);
                }
            }
        }

        if (value.Length > 0 && column < MaxColumns)
        {
            Set(column, cells.Text(type, style, value));
        }
    }

    private void Set(int column, string value)
    {
        lines.CountCells(Math.Max(1, column + 1 - row.Count));
        lines.CountCharacters(value.Length);
        while (row.Count <= column)
        {
            row.Add("");
        }

        row[column] = value;
    }

    private void EndRow()
    {
        if (row.Count > 0)
        {
            rows.Add([.. row]);
            numbers.Add(rowNumber);
            lines.Add(new(string.Join('\t', row.Select(cell => cell.ReplaceLineEndings(" "))), Place.Cell(name, rowNumber, 0),
                Role: "row"));
            row.Clear();
        }
    }

    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var c in reference ?? "")
        {
            if (!char.IsAsciiLetterUpper(c) || column > MaxColumns)
            {
                break;
            }

            column = column * 26 + (c - 'A' + 1);
        }

        return column == 0 ? null : column - 1;
    }
}
