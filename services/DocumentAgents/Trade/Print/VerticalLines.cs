using System.Globalization;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>A list of goods whose cells came one below the other, as from pages without tables: its headings first, then as many cells for
/// each line.</summary>
internal static class VerticalLines
{
    private const int MostColumns = 8;
    private const int FewestColumns = 3;

    public static List<LineItem> Read(Page page)
    {
        for (var from = 0; from + FewestColumns < page.Rows.Length; from++)
        {
            var names = page.Rows.Skip(from).Take(MostColumns).TakeWhile(row => row.Cells.Length == 1)
                .Select(row => LineColumns.Name(row.Cells[0].Folded)).TakeWhile(name => name != LineColumn.None).ToList();
            if (IsHeading(names) && Lines(page, from, names) is { Count: > 0 } lines)
            {
                return lines;
            }
        }

        return [];
    }

    private static bool IsHeading(List<LineColumn> names) =>
        names.Count >= FewestColumns && (names.Contains(LineColumn.Item) || names.Contains(LineColumn.Article))
            && names.Contains(LineColumn.Amount)
        && (names.Contains(LineColumn.Quantity) || names.Contains(LineColumn.Price));

    private static List<LineItem> Lines(Page page, int from, List<LineColumn> names)
    {
        var columns = new LineColumns([.. names.Select((name, index) => (name, page.Rows[from + index].Cells[0]))]);
        var lines = new List<LineItem>();
        for (var at = from + names.Count; at + names.Count <= page.Rows.Length; at += names.Count)
        {
            var parts = new LineParts((lines.Count + 1).ToString(CultureInfo.InvariantCulture));
            for (var index = 0; index < names.Count; index++)
            {
                var text = page.Rows[at + index].Text.Trim();
                parts.Add(names[index], text, Amount.Printed(text, page.DecimalMark)
                    ?? (page.Amounts(text) is [var only] ? only.Value : null));
            }

            if (SumRow.IsSum(page, page.Rows[at]) || !parts.IsLine(columns))
            {
                break;
            }

            lines.Add(parts.ToLine(page.Rows[at]));
        }

        return lines;
    }
}
