using System.Globalization;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>The bills that a letter about payments lists: their numbers under a heading, each with what is paid.</summary>
internal static class ListedBills
{
    private const int MaxHeading = 25;

    public static List<LineItem> Read(Page page)
    {
        var bills = new List<LineItem>();
        PageCell? heading = null;
        foreach (var row in page.Rows)
        {
            if (Heading(row) is { } begin)
            {
                heading = begin;
            }
            else if (heading is not null)
            {
                var cell = row.Cells.Length > 1 ? row.Cells.FirstOrDefault(cell => cell.Distance(heading) == 0) : null;
                if (cell is not null && Identifier.Read(cell.Text) is { } number)
                {
                    bills.Add(new((bills.Count + 1).ToString(CultureInfo.InvariantCulture), null, null, Paid(page, row), row.Place)
                        { Items = [number] });
                }
                else
                {
                    heading = null;
                }
            }
        }

        return bills;
    }

    private static decimal? Paid(Page page, PageRow row) =>
        page.Amounts(row.Text).Where(amount => amount.Decimals == 2).Select(amount => (decimal?)amount.Value).LastOrDefault();

    private static PageCell? Heading(PageRow row) => row.Cells.Length < 2 || row.Text.Any(char.IsAsciiDigit)
        ? null
        : row.Cells.FirstOrDefault(
            cell => cell.Text.Length <= MaxHeading && LabelSearch.Match(cell.Folded, TradeLabels.BillingReference) is not null);
}
