using DocumentAgents.Facts;

namespace DocumentAgents.CrossValidation;

/// <summary>Which document answers which. Numbers are only unique for one pair of parties, so a number alone makes no link.</summary>
internal sealed class DocumentLinker(IReadOnlyList<BatchDocument> batch, InvoiceCopies copies)
{
    private readonly ILookup<string, BatchDocument> byType = batch.ToLookup(document => document.Type);

    public IEnumerable<(BatchDocument Here, BatchDocument There, string Relation)> Links() => batch.SelectMany(Links);

    private IEnumerable<(BatchDocument Here, BatchDocument There, string Relation)> Links(BatchDocument here)
    {
        IEnumerable<(BatchDocument? There, string Relation)> links = here.Type switch
        {
            DocumentType.OrderResponse => [(Order(here), RelationName.Answers)],
            DocumentType.DespatchAdvice => [(Order(here), RelationName.Ships)],
            DocumentType.ReceiptAdvice => [(Despatch(here) ?? Order(here), RelationName.Receives)],
            DocumentType.Invoice =>
                [(OrderOfBill(here), RelationName.Bills), (Despatch(here), RelationName.BillsShipment), (
                    Copied(here), RelationName.SameInvoice)],
            DocumentType.CreditNote =>
                [(OrderOfBill(here), RelationName.CreditsOrder), (Bill(here), RelationName.Credits), (
                    Copied(here), RelationName.SameInvoice)],
            DocumentType.Reminder => [(Bill(here), RelationName.Reminds)],
            DocumentType.RemittanceAdvice => Bills(here).Select(bill => ((BatchDocument?)bill, RelationName.Pays)),
            DocumentType.Email => Mentioned(here).Select(there => ((BatchDocument?)there, RelationName.Mentions)),
            _ => [],
        };
        return links.Where(link => link.There is not null && link.There != here).Select(link => (here, link.There!, link.Relation));
    }

    private BatchDocument? Order(BatchDocument here) =>
        Referred(here, FieldName.OrderReference, DocumentType.PurchaseOrder).FirstOrDefault();

    // A copy with another order number still belongs to the order of its original; a bill whose order number is unknown may have it wrong.
    private BatchDocument? OrderOfBill(BatchDocument here)
    {
        if (Order(here) is { } order)
        {
            return order;
        }

        var original = copies.OriginalOf(here);
        return original != here ? Order(original) : here.Extraction.Find(FieldName.OrderReference) is null ? null : Unbilled(here);
    }

    private BatchDocument? Unbilled(BatchDocument here)
    {
        var candidates = byType[DocumentType.PurchaseOrder]
            .Where(order => here.SharedParties(order) == 2 && SameGoods(order, here)
                && !batch.Any(other => other.IsBill && other.RefersTo(FieldName.OrderReference, order)))
            .Take(2)
            .ToList();
        return candidates is [var only] ? only : null;
    }

    private static bool SameGoods(BatchDocument order, BatchDocument here) =>
        order.Lines.Count > 0 && order.Lines.Count == here.Lines.Count
        && LineMatching.Pairs(order.Lines, here.Lines)
            .All(pair => LineMatching.SameArticle(pair.There, pair.Here) || LineMatching.SameName(pair.There, pair.Here));

    // A bill names its delivery, or there was one delivery only for its order.
    private BatchDocument? Despatch(BatchDocument here)
    {
        if (Referred(here, FieldName.DespatchReference, DocumentType.DespatchAdvice).FirstOrDefault() is { } named)
        {
            return named;
        }

        if (here.Type == DocumentType.ReceiptAdvice && here.Extraction.Find(FieldName.DespatchReference) is not null)
        {
            return null;
        }

        var deliveries = byType[DocumentType.DespatchAdvice]
            .Where(despatch => SameOrder(despatch, here) && despatch.SharedParties(here) > 0).Take(2).ToList();
        return deliveries is [var only] ? only : null;
    }

    private static bool SameOrder(BatchDocument one, BatchDocument other) =>
        one.Extraction.All(FieldName.OrderReference).Select(field => Words.Key(field.Value))
            .Intersect(other.Extraction.All(FieldName.OrderReference).Select(field => Words.Key(field.Value))).Any();

    private BatchDocument? Bill(BatchDocument here) => Bills(here).FirstOrDefault();

    private IEnumerable<BatchDocument> Bills(BatchDocument here) =>
        Referred(here, FieldName.BillingReference, DocumentType.Invoice).Select(copies.OriginalOf).Distinct();

    private IEnumerable<BatchDocument> Mentioned(BatchDocument here) =>
        batch.Where(there => there.Type != DocumentType.Email && here.Mentions(there)).Select(copies.OriginalOf).Distinct();

    private BatchDocument? Copied(BatchDocument here) => copies.OriginalOf(here) is var original && original != here ? original : null;

    private IEnumerable<BatchDocument> Referred(BatchDocument here, string field, string type) => byType[type]
        .Where(there => here.RefersTo(field, there) && (here.SharedParties(there) > 0 || here.IsAnonymous || there.IsAnonymous))
        .OrderByDescending(here.SharedParties)
        .ThenBy(there => there.File, StringComparer.Ordinal);
}
