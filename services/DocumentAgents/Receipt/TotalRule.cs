using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Receipt;

/// <summary>
/// What was paid in the end. Tills print many totals; the words beside an amount say which it is, and cash minus change, a card payment or
/// the rounding confirm it.
/// </summary>
internal static partial class TotalRule
{
    private static readonly (Regex Words, double Score)[] Labels =
    [
        (Excluded(), -100),
        (Final(), 10),
        (Due(), 9),
        (Inclusive(), 8),
        (Bare(), 8),
        (Sales(), 7),
        (Paid(), 6.5),
        (Any(), 3),
    ];

    private const double World = 8;
    private const double RoundedScore = 10;
    private const decimal MaxRounding = 0.05m;

    public static void Add(FieldList fields, Page page)
    {
        var candidates = Candidates(page).ToList();
        candidates.AddRange(Rounded(page, candidates));
        var evidence = PaymentEvidence.Of(page);
        if (candidates.Count == 0)
        {
            AddUnlabelled(fields, page, evidence);
            return;
        }

        var best = candidates
            .Select(candidate => candidate with
                { Score = candidate.Score + evidence.Support(candidate.Amount.Value, candidates.Select(other => other.Amount.Value)) })
            .OrderByDescending(candidate => candidate.Score)
            .ThenByDescending(candidate => candidate.Amount.Value)
            .First();
        fields.Add(FieldName.Total, best.Amount.Value, best.Row.Place, Math.Clamp(0.45 + (best.Score / 30), 0.5, 0.97));
    }

    // Nothing is called a total: it is what cash, change and tax confirm, else the largest amount.
    private static void AddUnlabelled(FieldList fields, Page page, PaymentEvidence evidence)
    {
        var amounts = page.Rows
            .SelectMany(row => page.Amounts(row.Text).Where(amount => amount.Decimals == 2).Select(amount => (Row: row, amount.Value)))
            .ToList();
        var total = amounts.OrderByDescending(found => evidence.Support(found.Value, [])).ThenByDescending(found => found.Value)
            .FirstOrDefault();
        if (total.Row is not null)
        {
            fields.Add(FieldName.Total, total.Value, total.Row.Place, 0.5);
        }
    }

    private static IEnumerable<TotalCandidate> Candidates(Page page)
    {
        var summary = false;
        foreach (var row in page.Rows)
        {
            var folded = Words.Collapse(row.Folded);
            summary |= Summary().IsMatch(folded);
            if (summary && page.Rows.Length - row.Index < page.Rows.Length * 2 / 3 && SummaryRow().IsMatch(folded))
            {
                continue;
            }

            var otherwise = LabelSearch.Match(folded, WorldLabels.Gross) is null ? -100 : World;
            var score = Labels.Where(label => label.Words.IsMatch(folded)).Select(label => label.Score).FirstOrDefault(otherwise);
            if (score > 0 && AmountOf(page, row) is { } amount)
            {
                yield return new(amount, row, score);
            }
        }
    }

    // "Rounding RM 169.80": not by how much, but to what a total was rounded.
    private static List<TotalCandidate> Rounded(Page page, List<TotalCandidate> totals) =>
    [
        .. page.Rows.Where(row => Rounding().IsMatch(row.Folded))
            .SelectMany(row => page.Amounts(row.Text).Select(amount => new TotalCandidate(amount, row, RoundedScore)))
            .Where(found => totals.Any(total => IsRounded(total.Amount.Value, found.Amount.Value))),
    ];

    private static bool IsRounded(decimal total, decimal to) =>
        Math.Abs(total - to) is > 0 and <= MaxRounding and var by && by < to;

    // In the line, else in the one below, else in the one above: recognised text does not always keep them together.
    private static PrintedAmount? AmountOf(Page page, PageRow row)
    {
        if (Money(page, row) is { } own)
        {
            return own;
        }

        return Alone(page, page.Rows.Length > row.Index + 2 && IsMark(page.Rows[row.Index + 1]) ? row.Index + 2 : row.Index + 1)
            ?? Alone(page, row.Index - 1);
    }

    // The colon of the label, on a line of its own.
    private static bool IsMark(PageRow row) => row.Text.Trim() == ":";

    private static PrintedAmount? Alone(Page page, int index) =>
        index >= 0 && index < page.Rows.Length
            && !page.Rows[index].Folded.Any(character => char.IsLetter(character) && character is not ('r' or 'm' or 's'))
            ? Money(page, page.Rows[index])
            : null;

    private static PrintedAmount? Money(Page page, PageRow row)
    {
        var amounts = page.Amounts(row.Text).Where(amount => amount.Decimals == 2 || amount.Currency is not null).ToList();
        return amounts.Count == 0 ? null : amounts[^1];
    }

    private sealed record TotalCandidate(PrintedAmount Amount, PageRow Row, double Score);

    [GeneratedRegex(
        @"^\W*(qty|quantity|items?|item\(s\)|qu|pcs|points|discount|savings?|saved|rabatt|tax|gst|vat|mwst|moms|tva|iva|btw)\b"
        + @"|total (qty|quantity|item|gst|tax|vat|disc|sav|point|ev|rc|no|count)|exclu|excl\b|excl\.|without|hors|ohne|zonder"
        + @"|sub\s?-?total|zwischensumme|sous-total|subtotaal|delsumma|subtotal|before|net amount|points?\b|earned")]
    private static partial Regex Excluded();

    [GeneratedRegex(
        @"grand total|total (amt |amount )?rounded|rounded total|total after rounding|nett? total|total nett?|endbetrag|gesamtbetrag"
        + @"|zu zahlen|net a payer|te betalen|att betala|at betale|a betale|total a pagar|totale complessivo|jumlah besar")]
    private static partial Regex Final();

    [GeneratedRegex(@"(total|amount|amt|balance).{0,14}(payable|due|to pay)|total amount|amount total|total betalt|da pagare|jumlah")]
    private static partial Regex Due();

    [GeneratedRegex(@"total.{0,22}\bincl?(usive|uded|\.|\b)|\bincl?(usive|\.)?.{0,12}total")]
    private static partial Regex Inclusive();

    [GeneratedRegex(
        @"^\W*(\d+\s+)?(total|totaal|totale|totalt|summe|gesamt|summa|sum|total ttc|total eur|importe total|total bayaran)\s*(\(?(rm"
        + @"|eur|usd|gbp|sek|nok|dkk|myr|chf|€|\$|£)\)?)?\s*[:=]?\s*(rm|rs\.?|eur|usd|gbp|sek|nok|dkk|myr|chf|kr|€|\$"
        + @"|£)?\s*-?[\d.,\s]*(rm|eur|sek|nok|dkk|kr|€|s|sr)?$")]
    private static partial Regex Bare();

    [GeneratedRegex(@"total sales|sales total|total bill|bill total|invoice total|order total|total cost|total price")]
    private static partial Regex Sales();

    [GeneratedRegex(@"(amt|amount|total) paid|paid amount|payment received|bezahlt|paye\b|betaald|betalt|pagado|pagato")]
    private static partial Regex Paid();

    [GeneratedRegex(@"\b(total|totaal|totale|totalt|summe|gesamt|summa|i alt|yhteensa|razem|suma|celkem|importe|a pagar)\b")]
    private static partial Regex Any();

    [GeneratedRegex(@"^\W*round(?:ing|ed)\b")]
    private static partial Regex Rounding();

    [GeneratedRegex(@"(gst|tax|vat|mwst|moms|btw|tva|iva) (summary|analysis|details|breakdown|oversikt|specifik)|tax code")]
    private static partial Regex Summary();

    [GeneratedRegex(@"^total\s*:?\s*[\d.,]+\s+[\d.,]+|^\W*total\s*:?\s*[\d.,]*$|^(sr|zr|s|z|e)\b")]
    private static partial Regex SummaryRow();
}
