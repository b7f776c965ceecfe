using System.Collections.Immutable;
using DocumentAgents.Classification;
using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.Trade.Print;

/// <summary>Reads business documents as they are printed.</summary>
internal static class PrintedTrade
{
    private const int TitleRows = 24;

    public static Extraction Read(ImmutableArray<TextLine> source, string type)
    {
        var page = Page.Of(source);
        var fields = new FieldList();
        if (page.Rows.IsEmpty)
        {
            return fields.ToExtraction(type);
        }

        AddNumber(fields, page, type);
        PrintedTerms.Add(fields, page, type);
        AddReferences(fields, page, type);
        if (type == DocumentType.Invoice)
        {
            PrintedInvoiceKind.Add(fields, page);
        }

        PrintedParties.Add(fields, page, type);
        var isPriced = type is not (DocumentType.DespatchAdvice or DocumentType.ReceiptAdvice);
        if (CurrencyLabel.Find(page, isPriced) is var (currency, row))
        {
            fields.Add(FieldName.Currency, currency, row.Place, 0.85);
        }

        if (isPriced || fields.Has(FieldName.Currency))
        {
            PrintedSums.Add(fields, page, type);
        }

        var lines = Lines(fields, page, type);
        AddAccounts(fields, page);
        if (lines.Count > 0)
        {
            fields.Add(FieldName.LineCount, lines.Count, lines[0].Place, 0.75);
        }

        TradeChecks.Run(fields, type, lines);
        return fields.ToExtraction(type, lines);
    }

    private static List<LineItem> Lines(FieldList fields, Page page, string type)
    {
        if (type == DocumentType.RemittanceAdvice && ListedBills.Read(page) is { Count: > 0 } bills)
        {
            foreach (var bill in bills.Where(bill => !fields.HasValue(FieldName.BillingReference, bill.Items[0])))
            {
                fields.Add(FieldName.BillingReference, bill.Items[0], bill.Place, 0.8);
            }

            return bills;
        }

        return PrintedLines.Read(page) is { Count: > 0 } listed ? listed
            : VerticalLines.Read(page) is { Count: > 0 } stacked ? stacked
            : LabelledLines.Read(page) is { Count: > 0 } labelled ? labelled
            : ImpliedLines.Read(page, fields.Number(FieldName.NetTotal), fields.Number(FieldName.GrossTotal));
    }

    private static void AddNumber(FieldList fields, Page page, string type)
    {
        var hit = LabelSearch.Find(page, TradeLabels.Number(type), Identifier.Read, alone: true)
            .FirstOrDefault(found => !NumberLabels.IsOther(found.Row, found.Value, type)
            && (type == DocumentType.Invoice || !NumberLabels.IsReference(found.Row, found.Value)));
        hit = Titled(page, type) is { } titled && (hit is null || hit.Score < 0.75) ? titled : hit;
        if (hit is not null)
        {
            fields.Add(FieldName.Number, hit.Value, hit.Row.Place, 0.55 + (0.4 * hit.Score));
            return;
        }

        // "# 1234" under the heading.
        foreach (var row in page.Rows.Take(15))
        {
            if (row.Cells.FirstOrDefault(cell => cell.Text.StartsWith('#')) is { } cell && Identifier.Read(cell.Text) is { } number)
            {
                fields.Add(FieldName.Number, number, row.Place, 0.7);
                return;
            }
        }
    }

    // "PEDIDO DE COMPRA   OC-2026-00077": the number beside or under what the document calls itself.
    private static LabelHit? Titled(Page page, string type)
    {
        var all = TitlePhrases.All.Where(group => group.Type == type).SelectMany(group => group.Phrases).ToList();
        var phrases = all.Where(phrase => phrase[0] != '*').OrderByDescending(phrase => phrase.Length).ToList();
        return Compound(page, [.. all.Where(phrase => phrase[0] == '*').Select(phrase => phrase[1..])])
            ?? LabelSearch.Find(page, phrases, Identifier.Read, alone: true)
                .FirstOrDefault(hit => hit.Row.Index < TitleRows && IsApart(page, hit) && !NumberLabels.IsOther(hit.Row, hit.Value, type)
                && !NumberLabels.IsReference(hit.Row, hit.Value));
    }

    // Under a heading a number has to stand alone: neither in a table nor in an address.
    private static bool IsApart(Page page, LabelHit hit)
    {
        var below = page.Rows.Skip(hit.Row.Index + 1).Take(2).ToList();
        return !hit.IsBelow
            || (below.All(row => row.Cells.Length <= 2)
            && below.Any(row =>
                row.Cells.Any(cell => cell.Text.EndsWith(hit.Value, StringComparison.Ordinal)
                && cell.Text.Length <= hit.Value.Length + 6)));
    }

    // "Opdrachtbevestiging OB-44120": a compound that ends with what the document is, and its number.
    private static LabelHit? Compound(Page page, List<string> stems) =>
        page.Rows.Take(TitleRows)
            .SelectMany(row => row.Cells.Select(cell => (Row: row, Cell: cell, Space: cell.Text.IndexOf(' ', StringComparison.Ordinal))))
            .Where(found => found.Space > 0 && stems.Any(stem => found.Cell.Folded[..found.Space].EndsWith(stem, StringComparison.Ordinal)))
            .Select(found => Identifier.Read(found.Cell.Text[found.Space..].TrimStart()) is { } number
                ? new LabelHit(number, found.Row, "", 0.9)
                : null)
            .FirstOrDefault(hit => hit is not null);

    private static void AddReferences(FieldList fields, Page page, string type)
    {
        if (type != DocumentType.PurchaseOrder)
        {
            AddReference(fields, page, FieldName.OrderReference, TradeLabels.OrderReference);
        }

        if (type is DocumentType.CreditNote or DocumentType.Reminder or DocumentType.RemittanceAdvice)
        {
            AddReference(fields, page, FieldName.BillingReference, TradeLabels.BillingReference);
        }


        if (type is DocumentType.Invoice or DocumentType.CreditNote or DocumentType.ReceiptAdvice)
        {
            AddReference(fields, page, FieldName.DespatchReference, TradeLabels.DespatchReference);
        }
    }

    private static void AddReference(FieldList fields, Page page, string name, IReadOnlyList<string> labels)
    {
        var hit = LabelSearch.Find(page, labels, Identifier.Read, alone: true)
            .FirstOrDefault(found => found.Value != fields.Value(FieldName.Number) && found.Score > 0.2);
        if (hit is not null)
        {
            fields.Add(name, hit.Value, hit.Row.Place, 0.5 + (0.4 * hit.Score));
        }
    }

    private static void AddAccounts(FieldList fields, Page page)
    {
        foreach (var row in page.Rows)
        {
            foreach (var account in PrintedIban.Find(row.Text).Where(account => !fields.HasValue(FieldName.PayeeAccount, account)))
            {
                fields.Add(FieldName.PayeeAccount, account, row.Place, 0.9);
            }
        }
    }
}
