using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>Whether a row begins the sums below a list of goods.</summary>
internal static partial class SumRow
{
    public static bool IsSum(Page page, PageRow row) => row.Cells.Any(cell => Sum().IsMatch(cell.Folded)) && (page.Amounts(row.Text).Any(amount => amount.Decimals == 2 || amount.Currency is not null) || IsOneNumber(row));

    // A sheet keeps no decimals: words, and a number alone in the last cell.
    private static bool IsOneNumber(PageRow row) =>
        row.Cells is [.., { Column: > 0 } last] && Amount.Printed(last.Text) is not null && row.Cells.Count(cell => Amount.Printed(cell.Text) is not null) == 1;

    [GeneratedRegex(@"^\W*(sub-?\s?total|total\b|totaal|totale\b|totalt|grand total|net total|invoice total|summe|gesamt(betrag|summe)?\b|zwischensumme|nettobetrag|rechnungsbetrag|positionssumme|sous-?\s?total|montant (ht|ttc|total)|subtotaal|exclusief btw|factuur totaal|delsum|summa\b|i alt|at betale|att betala|a betale|base imponible|importe total|imponibile|razem|do zaplaty|yhteensa|jumlah|amount due|balance due|vat\b|tax\b|mwst|zzgl|tva\b|btw\b|moms\b|zaklad dane|celkem|spolu|dph|osszesen|total iliquido|net credit|carried forward|ubertrag)")]
    private static partial Regex Sum();
}
