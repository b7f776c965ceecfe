using System.Globalization;
using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>When a document was issued and when it is to be paid.</summary>
internal static partial class PrintedTerms
{
    public static void Add(FieldList fields, Page page)
    {
        var due = LabelSearch.Best(page, TradeLabels.DueDate, text => ReadDate(page, text));
        var issued = LabelSearch.Find(page, TradeLabels.IssueDate, text => ReadDate(page, text)).FirstOrDefault(hit => !IsDue(hit)) is { } hit
            ? (hit.Value, hit.Row, Confidence: 0.55 + (0.4 * hit.Score))
            : First(page, due);
        if (issued.Row is not null)
        {
            fields.Add(FieldName.IssueDate, issued.Value, issued.Row.Place, issued.Confidence);
        }

        if (due is not null)
        {
            fields.Add(FieldName.DueDate, due.Value, due.Row.Place, 0.55 + (0.4 * due.Score));
        }
        else if (issued.Row is not null)
        {
            AddNetDays(fields, page, issued.Value);
        }
    }

    private static bool IsDue(LabelHit hit) => hit.Label is "date" or "datum" or "dato" or "data" or "fecha" && OtherDate().IsMatch(hit.Row.Folded);

    private static string? ReadDate(Page page, string text) => page.Dates(text) is [{ Start: <= 12 } date, ..] ? date.Iso : null;

    private static (string Value, PageRow? Row, double Confidence) First(Page page, LabelHit? due)
    {
        foreach (var row in page.Rows.Take(30))
        {
            if (page.Dates(row.Text) is [var date, ..] && date.Iso != due?.Value)
            {
                return (date.Iso, row, 0.5);
            }
        }

        return ("", null, 0);
    }

    private static void AddNetDays(FieldList fields, Page page, string issued)
    {
        foreach (var row in page.Rows)
        {
            if (NetDays().Match(row.Folded) is { Success: true } match)
            {
                var days = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
                var date = DateOnly.ParseExact(issued, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(days);
                fields.Add(FieldName.DueDate, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), row.Place, 0.55);
                return;
            }
        }
    }

    [GeneratedRegex(@"\b(due|order|delivery|fallig|liefer|bestell|echeance|livraison|verval|order|lever|forfall|forfald|vencimiento|scadenza|vencimento|sprzedazy|dostawy)")]
    private static partial Regex OtherDate();

    [GeneratedRegex(@"(?:\bnet|netto|terms|innerhalb von|within|zahlungsziel|binnen|paiement a|betaling)\W{0,3}(\d{1,3})\s?(?:days|tage|jours|dagen|dagar|dage|dager|dias|giorni|hari)")]
    private static partial Regex NetDays();
}
