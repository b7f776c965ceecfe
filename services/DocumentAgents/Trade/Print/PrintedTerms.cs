using System.Globalization;
using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>When a document was issued and when it is to be paid.</summary>
internal static partial class PrintedTerms
{
    public static void Add(FieldList fields, Page page, string type)
    {
        var due = LabelSearch.Find(page, TradeLabels.DueDate, text => ReadDate(page, text)).FirstOrDefault(hit => !IsInTable(hit))
            ?? Deadline(page);
        var issued = Issued(page, type) ?? First(page, due);
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

    private static (string Value, PageRow? Row, double Confidence)? Issued(Page page, string type)
    {
        var isLetter = type is DocumentType.Reminder or DocumentType.RemittanceAdvice;
        var hits = LabelSearch.Find(page, TradeLabels.IssueDate, text => ReadDate(page, text)).Where(hit => IsIssue(hit, isLetter))
            .ToList();
        if (type is DocumentType.PurchaseOrder or DocumentType.OrderResponse or DocumentType.Quotation)
        {
            hits.RemoveAll(hit => hit.Label is "delivery date" or "lieferdatum");
        }

        var named = hits.FirstOrDefault(hit => !hit.Label.StartsWith("vom", StringComparison.Ordinal) && hit.Score > 0.5);
        if (Letter(page) is { } letter && (named is null || (letter.Row!.Index < named.Row.Index && (isLetter || IsTabular(named)))))
        {
            return letter;
        }

        return (named ?? hits.FirstOrDefault()) is { } best ? (best.Value, best.Row, 0.55 + (0.4 * best.Score)) : null;
    }

    private static bool IsIssue(LabelHit hit, bool isLetter) => !IsDue(hit) && !IsInTable(hit)
        && !(isLetter && OfInvoice().IsMatch(hit.Row.Folded));

    private static bool IsTabular(LabelHit named) => named.IsBelow && named.Row.Cells.Length > 2;

    // "Zwolle, 12 mei 2026": a letter says where and when it was written, and nothing else, in one cell.
    private static (string Value, PageRow? Row, double Confidence)? Letter(Page page)
    {
        foreach (var row in page.Rows.Take(30))
        {
            foreach (var cell in row.Cells)
            {
                if (page.Dates(cell.Text) is [var date] && date.End >= cell.Text.TrimEnd('.', ' ').Length
                    && PlaceBefore().IsMatch(cell.Text[..date.Start]))
                {
                    return (date.Iso, row, 0.8);
                }
            }
        }

        return null;
    }

    // "bis spätestens 17.04.2026", "au plus tard le 06.02.2026": a deadline in a sentence about paying.
    private static LabelHit? Deadline(Page page)
    {
        foreach (var row in page.Rows)
        {
            foreach (var date in page.Dates(row.Text))
            {
                var before = row.Folded[..Math.Min(date.Start, row.Folded.Length)];
                if (Latest().IsMatch(before) && Paying().IsMatch(row.Folded))
                {
                    return new(date.Iso, row, "", 0.6);
                }
            }
        }

        return null;
    }

    // A date below the heading of a list belongs to a line of the list.
    private static bool IsInTable(LabelHit hit) => hit.IsBelow && hit.Row.Cells.Length > 2 && LineColumns.Of(hit.Row) is not null;

    private static bool IsDue(LabelHit hit) => hit.Label is "date" or "datum" or "dato" or "data" or "fecha"
        && hit.Row.Cells.Where(cell => LabelSearch.IndexOfWhole(cell.Folded, hit.Label) >= 0).All(cell => OtherDate().IsMatch(cell.Folded));

    private static string? ReadDate(Page page, string text) => page.Dates(text) is [{ Start: <= 12 } date, ..] ? date.Iso : null;

    private static (string Value, PageRow? Row, double Confidence) First(Page page, LabelHit? due)
    {
        foreach (var row in page.Rows.Take(30))
        {
            if (page.Dates(row.Text) is [var date, ..] && date.Iso != due?.Value && !OtherDate().IsMatch(row.Folded))
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

    // A letter about an invoice names the date of the invoice, too.
    [GeneratedRegex(@"\b(?:invoice|rechnung|facture|factuur|faktura|fattura|factura|fatura|lasku)")]
    private static partial Regex OfInvoice();

    [GeneratedRegex(@"^\W*(?:\p{L}[\p{L}.'\s-]{1,40},\s*(?:le|den|am|li|a|en|dnia|d\.)?|le|den|am)?\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex PlaceBefore();

    [GeneratedRegex(
        @"\b(?:bis|spatestens|au plus tard|avant|by|before|no later than|latest|uiterlijk|voor|senast|senest|innen|entro|antes|ate"
        + @"|viimeistaan|jusqu'au)\b[^.;:]{0,20}$")]
    private static partial Regex Latest();

    [GeneratedRegex(
        @"\b(?:zahl|uberweis|begleich|pay|paid|settle|remit|regl|acquit|virement|betal|voldoen|overma|innbetal|indbetal|pag|abon"
        + @"|liquid|maks|zaplat|platn|due)")]
    private static partial Regex Paying();

    [GeneratedRegex(
        @"\b(due|order|delivery|fallig|liefer|bestell|echeance|livraison|verval|order|lever|forfall|forfald|vencimiento|scadenza"
        + @"|vencimento|sprzedazy|dostawy)")]
    private static partial Regex OtherDate();

    [GeneratedRegex(
        @"(?:\bnet|netto|terms|innerhalb von|innert|inom|within|zahlungsziel|binnen|paiement a|betaling)\W{0,3}(\d{1,3})\s?(?:days"
        + @"|tage|jours|dagen|dagar|dage|dager|dias|giorni|hari)")]
    private static partial Regex NetDays();
}
