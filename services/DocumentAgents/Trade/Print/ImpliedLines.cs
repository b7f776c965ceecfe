using System.Globalization;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>
/// The lines of a document whose list has no heading we know: rows whose amounts together are the total, else rows where quantity and price
/// give the amount.
/// </summary>
internal static class ImpliedLines
{
    private const int MaxRows = 500;

    public static List<LineItem> Read(Page page, decimal? net, decimal? gross)
    {
        var rows = page.Rows.Take(MaxRows).Select(row => (Row: row, Numbers: Numbers(page, row)))
            .Where(pair => pair.Numbers.Count > 0 && pair.Row.Text.Count(char.IsLetter) >= 3).ToList();
        for (var from = 0; from < rows.Count; from++)
        {
            var sum = 0m;
            for (var to = from; to < rows.Count - 1; to++)
            {
                sum += rows[to].Numbers[^1];
                if (sum == net || sum == gross)
                {
                    var run = rows[from..(to + 1)];
                    if (!run.Any(pair => SumRow.IsSum(page, pair.Row)))
                    {
                        return [.. run.Select((pair, index) => Line(pair.Row, pair.Numbers, index))];
                    }
                }
            }
        }

        return [.. rows.Where(pair => Product(pair.Numbers) is not null && !SumRow.IsSum(page, pair.Row))
            .Select((pair, index) => Line(pair.Row, pair.Numbers, index))];
    }

    // The last number has to be money; the others are whatever is left of it.
    private static List<decimal> Numbers(Page page, PageRow row)
    {
        var amounts = page.Amounts(row.Text);
        return amounts.Count > 0 && (amounts[^1].Decimals == 2 || amounts[^1].Currency is not null) && page.Dates(row.Text).Count == 0
            ? [.. amounts.Select(amount => amount.Value)]
            : [];
    }

    private static (decimal Quantity, decimal Price)? Product(List<decimal> numbers)
    {
        for (var one = 0; one < Math.Min(8, numbers.Count - 1); one++)
        {
            for (var other = one + 1; other < Math.Min(8, numbers.Count - 1); other++)
            {
                if (numbers[one] != 0 && Math.Abs((numbers[one] * numbers[other]) - numbers[^1]) < 0.015m)
                {
                    return (numbers[one], numbers[other]);
                }
            }
        }

        return null;
    }

    private static LineItem Line(PageRow row, List<decimal> numbers, int index)
    {
        var product = Product(numbers);
        var text = row.Cells.FirstOrDefault(cell => cell.Text.Count(char.IsLetter) >= 3)?.Text;
        return new((index + 1).ToString(CultureInfo.InvariantCulture), product?.Quantity, product?.Price, numbers[^1], row.Place)
            { Items = text is null ? [] : [Words.Collapse(text)] };
    }
}
