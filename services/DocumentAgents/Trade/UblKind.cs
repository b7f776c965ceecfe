using System.Collections.Frozen;
using DocumentAgents.Facts;

namespace DocumentAgents.Trade;

/// <summary>Where one kind of UBL document keeps what all kinds have.</summary>
/// <param name="Line">The element of one line.</param>
/// <param name="Quantity">The element of a line that says how many.</param>
internal sealed record UblKind(string Type, string Line, string Quantity)
{
    public static FrozenDictionary<string, UblKind> ByRoot { get; } = new Dictionary<string, UblKind>
    {
        ["Invoice"] = new(DocumentType.Invoice, "InvoiceLine", "InvoicedQuantity"),
        ["SelfBilledInvoice"] = new(DocumentType.Invoice, "InvoiceLine", "InvoicedQuantity"),
        ["CreditNote"] = new(DocumentType.CreditNote, "CreditNoteLine", "CreditedQuantity"),
        ["SelfBilledCreditNote"] = new(DocumentType.CreditNote, "CreditNoteLine", "CreditedQuantity"),
        ["Order"] = new(DocumentType.PurchaseOrder, "OrderLine", "Quantity"),
        ["OrderResponse"] = new(DocumentType.OrderResponse, "OrderLine", "Quantity"),
        ["OrderResponseSimple"] = new(DocumentType.OrderResponse, "OrderLine", "Quantity"),
        ["DespatchAdvice"] = new(DocumentType.DespatchAdvice, "DespatchLine", "DeliveredQuantity"),
        ["ReceiptAdvice"] = new(DocumentType.ReceiptAdvice, "ReceiptLine", "ReceivedQuantity"),
        ["Quotation"] = new(DocumentType.Quotation, "QuotationLine", "Quantity"),
        ["Reminder"] = new(DocumentType.Reminder, "ReminderLine", ""),
        ["RemittanceAdvice"] = new(DocumentType.RemittanceAdvice, "RemittanceAdviceLine", ""),
    }.ToFrozenDictionary();

    /// <summary>The names a document type gives to its two parties: who delivers and is paid, and who receives and pays.</summary>
    public (string Supplier, string Customer) Parties => Type switch
    {
        DocumentType.DespatchAdvice or DocumentType.ReceiptAdvice => (FieldName.Supplier, FieldName.Customer),
        DocumentType.RemittanceAdvice => (FieldName.Payee, FieldName.Payer),
        _ => (FieldName.Seller, FieldName.Buyer),
    };
}
