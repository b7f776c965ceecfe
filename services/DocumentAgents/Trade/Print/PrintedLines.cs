using System.Globalization;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>The lines of a printed business document: rows with an amount or a quantity under a heading that names such columns.</summary>
internal static class PrintedLines
{
    private const int MaxLines = 2_000;

    public static List<LineItem> Read(Page page)
    {
        var lines = new List<LineItem>();
        LineColumns? columns = null;
        foreach (var row in page.Rows)
        {
            if (LineColumns.Of(row) is { } heading)
            {
                columns = heading;
            }
            else if (columns is not null && lines.Count < MaxLines)
            {
                if (SumRow.IsSum(page, row))
                {
                    columns = null;
                }
                else if (Line(page, row, columns, lines.Count + 1) is { } line)
                {
                    lines.Add(line);
                }
            }
        }

        return lines;
    }

    private static LineItem? Line(Page page, PageRow row, LineColumns columns, int position)
    {
        var parts = new LineParts(position.ToString(CultureInfo.InvariantCulture));
        foreach (var cell in row.Cells)
        {
            parts.Add(columns.Of(cell), cell.Text, Number(page, cell.Text));
        }

        return parts.IsLine(columns) ? parts.ToLine(row) : null;
    }

    /// <summary>The number in a cell: "1 PCS", "€ 12,50", "12.50 EUR".</summary>
    public static decimal? Number(Page page, string text)
    {
        if (Amount.Printed(text, page.DecimalMark) is { } plain)
        {
            return plain;
        }

        return page.Amounts(text) is [var amount, ..] ? amount.Value : Amount.Printed(text.Split(' ')[0], page.DecimalMark);
    }
}
