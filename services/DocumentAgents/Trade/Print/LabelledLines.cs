using System.Globalization;
using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>
/// A list of goods without columns: every value has its label before it, beside the others ("Quantity: 5 | Unit price: 2.00") or below
/// them. A label that comes again begins the next line.
/// </summary>
internal static partial class LabelledLines
{
    public static List<LineItem> Read(Page page)
    {
        var lines = new List<LineItem>();
        var seen = new HashSet<LineColumn>();
        var parts = new LineParts("1");
        PageRow? from = null;
        foreach (var row in page.Rows)
        {
            foreach (var (column, text) in Values(row))
            {
                if (!seen.Add(column))
                {
                    Close(lines, parts, from);
                    (parts, from) = (new((lines.Count + 1).ToString(CultureInfo.InvariantCulture)), null);
                    seen = [column];
                }

                from ??= row;
                parts.Add(column, text, PrintedLines.Number(page, text));
            }
        }

        Close(lines, parts, from);
        return lines;
    }

    private static void Close(List<LineItem> lines, LineParts parts, PageRow? from)
    {
        if (from is not null && parts.IsPriced)
        {
            lines.Add(parts.ToLine(from));
        }
    }

    // What stands before the first label is what the goods are called.
    private static IEnumerable<(LineColumn Column, string Text)> Values(PageRow row)
    {
        var pieces = row.Cells.SelectMany(cell => Strokes().Split(cell.Text))
            .Select(piece => Labelled().Match(piece) is { Success: true } match
            ? (Column: LineColumns.Name(Words.Fold(match.Groups["label"].Value)), Text: match.Groups["value"].Value)
            : (Column: LineColumn.None, Text: piece)).ToList();
        var known = pieces.Where(piece => piece.Column is not (LineColumn.None or LineColumn.Position)).ToList();
        return known.Count > 1 && pieces[0].Column == LineColumn.None && pieces[0].Text.Any(char.IsLetter)
            ? known.Prepend((LineColumn.Item, pieces[0].Text))
            : known;
    }

    [GeneratedRegex(@"\s+[-–—]\s+|[;,]\s+(?=\p{L}[\p{L}\s]{1,24}:)")]
    private static partial Regex Strokes();

    [GeneratedRegex(@"^\W*(?<label>\p{L}[\p{L}\s().#/*%]{0,30}?)\s*:\s*(?<value>\S.*)$")]
    private static partial Regex Labelled();
}
