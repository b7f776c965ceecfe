using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>
/// Net, tax and gross found by arithmetic alone: a printed rate, an amount that is that share of another, and both together.
/// </summary>
internal static partial class RateSums
{
    private const decimal Cent = 0.02m;

    /// <summary>The one such triple; null when there is none, or more than one that differ.</summary>
    public static (SumCandidate Net, SumCandidate Tax, SumCandidate Gross)? Find(Page page)
    {
        var amounts = page.Rows.Take(2_000)
            .SelectMany(row => page.Amounts(row.Text).Where(amount => amount.Decimals == 2 && amount.Value > 0)
                .Select(amount => new SumCandidate(amount.Value, row, 0.6)))
            .Take(600)
            .ToList();
        var byValue = amounts.GroupBy(amount => amount.Value).ToDictionary(group => group.Key, group => group.Last());
        var found = new List<(SumCandidate Net, SumCandidate Tax, SumCandidate Gross)>();
        foreach (var tax in amounts)
        {
            if (Rate().Match(tax.Row.Text) is { Success: true } match
                && Amount.Printed(match.Groups[1].Value, page.DecimalMark) is > 0 and <= 40 and var rate)
            {
                found.AddRange(byValue.Values.Where(net => Math.Abs((net.Value * rate / 100) - tax.Value) < Cent
                    && byValue.ContainsKey(net.Value + tax.Value)).Select(net => (net, tax, byValue[net.Value + tax.Value])));
            }
        }

        return found.DistinctBy(triple => (triple.Net.Value, triple.Tax.Value)).ToList() is [var only] ? only : null;
    }

    [GeneratedRegex(@"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,2})?)\s?%")]
    private static partial Regex Rate();
}
