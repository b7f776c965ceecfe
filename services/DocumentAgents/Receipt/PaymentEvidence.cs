using System.Text.RegularExpressions;
using DocumentAgents.Layout;

namespace DocumentAgents.Receipt;

/// <summary>Amounts on a receipt that say what was paid without being called a total.</summary>
internal sealed partial record PaymentEvidence(
    IReadOnlyList<decimal> Cash, IReadOnlyList<decimal> Change, IReadOnlyList<decimal> Card, IReadOnlyList<decimal> Rounding, IReadOnlyList<decimal> Tax)
{
    public static PaymentEvidence Of(Page page) =>
        new(Find(page, CashWords()), Find(page, ChangeWords()), Find(page, CardWords()), Find(page, RoundingWords()), Find(
            page, TaxWords()));

    /// <summary>Whether an amount is another one with the tax that the receipt names.</summary>
    public bool IsTaxed(decimal total, IEnumerable<decimal> others) => others.Any(other => other < total && Tax.Contains(total - other));

    /// <summary>How much the payment speaks for an amount being the total.</summary>
    public double Support(decimal total, IEnumerable<decimal> others)
    {
        var support = Cash.Any(cash => Change.Any(change => Math.Abs(cash) - Math.Abs(change) == total)) ? 6.0 : 0;
        support += IsTaxed(total, others) ? 3 : 0;
        support += Card.Contains(total) || (Change.Count == 0 && Cash.Contains(total)) ? 3 : 0;
        return support + (others.Any(other => other != total
            && Rounding.Any(rounding => rounding != 0 && (other + rounding == total || other - rounding == total))) ? 2 : 0);
    }

    private static List<decimal> Find(Page page, Regex words)
    {
        var found = new List<decimal>();
        foreach (var row in page.Rows.Where(row => words.IsMatch(row.Folded)))
        {
            var amounts = page.Amounts(row.Text).Where(amount => amount.Decimals == 2).Select(amount => amount.Value).ToList();
            found.AddRange(amounts.Count > 0 ? amounts : Next(page, row));
        }

        return found;
    }

    private static IEnumerable<decimal> Next(Page page, PageRow row) =>
        row.Index + 1 < page.Rows.Length
            ? page.Amounts(page.Rows[row.Index + 1].Text).Where(amount => amount.Decimals == 2).Select(amount => amount.Value).Take(1)
            : [];

    [GeneratedRegex(
        @"^\W*(cash|payment|paid|amount paid|tendered|amount tendered|gegeben|bar|especes|contant|kontant|efectivo|contanti|dinheiro"
        + @"|tunai|bayaran|received)\b")]
    private static partial Regex CashWords();

    [GeneratedRegex(@"\b(change|changes|ruckgeld|wechselgeld|rendu|wisselgeld|tillbaka|tilbage|byttepenge|cambio|resto|troco|baki)\b")]
    private static partial Regex ChangeWords();

    [GeneratedRegex(@"\b(visa|master|mastercard|amex|edc|card|debit|credit|maestro|bankkort|ec-karte|girocard|carte|tarjeta|paid by|cc)\b")]
    private static partial Regex CardWords();

    [GeneratedRegex(@"^\W*(?:sales |total )?(?:g\s?s\s?t|hst|pst|qst|tax|vat|moms|mva|mwst|tva|btw|iva)\b")]
    private static partial Regex TaxWords();

    [GeneratedRegex(@"\bround|rundung|arrondi|afronding|oresavrunding|avrundning|pelarasan")]
    private static partial Regex RoundingWords();
}
