using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>Whether a row begins the sums below a list of goods.</summary>
internal static partial class SumRow
{
    public static bool IsSum(Page page, PageRow row) => row.Cells.Any(cell => IsLabelled(cell.Folded))
        && (page.Amounts(row.Text).Any(amount => amount.Decimals == 2 || amount.Currency is not null) || IsOneNumber(row));

    // A sheet keeps no decimals: words, and a number alone in the last cell.
    private static bool IsOneNumber(PageRow row) =>
        row.Cells is [.., { Column: > 0 } last] && Amount.Printed(last.Text) is not null
            && row.Cells.Count(cell => Amount.Printed(cell.Text) is not null) == 1;

    // A label of a sum, and at most a rate, a currency or a word or two behind it.
    private static bool IsLabelled(string folded)
    {
        var text = Lead().Replace(folded, "");
        return SumLabels.All.Any(
            label => text.StartsWith(label, StringComparison.Ordinal) && LabelSearch.IndexOfWhole(text, label) == 0
            && Word().Count(text[label.Length..]) <= 3);
    }

    [GeneratedRegex(@"^\W*(?:zzgl|plus|inkl|incl|davon|darin enthalten|\d{1,2}(?:[.,]\d+)?\s?%)?\W*")]
    private static partial Regex Lead();

    [GeneratedRegex(@"\p{L}{3,}")]
    private static partial Regex Word();
}
