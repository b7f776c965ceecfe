using DocumentAgents.BankStatement;
using DocumentAgents.Contract;
using DocumentAgents.Facts;
using DocumentAgents.Generic;
using DocumentAgents.Identity;
using DocumentAgents.Invoice;
using DocumentAgents.PurchaseOrder;
using DocumentAgents.Reading;
using DocumentAgents.Receipt;

namespace DocumentAgents.Processing;

/// <summary>Which specialist reads which type.</summary>
internal static class Specialists
{
    public static Extraction Read(DocumentContent content, string type, CancellationToken cancellationToken) => type switch
    {
        DocumentType.Invoice or DocumentType.CreditNote => InvoiceReader.Read(content, type, cancellationToken),
        DocumentType.PurchaseOrder or DocumentType.OrderResponse or DocumentType.DespatchAdvice or DocumentType.ReceiptAdvice
            or DocumentType.Quotation or DocumentType.Reminder or DocumentType.RemittanceAdvice =>
                PurchaseOrderReader.Read(content, type, cancellationToken),
        DocumentType.Receipt => ReceiptReader.Read(content),
        DocumentType.Contract => ContractReader.Read(content),
        DocumentType.BankStatement => BankStatementReader.Read(content),
        DocumentType.Resume or DocumentType.IdentityDocument => IdentityReader.Read(content, type),
        _ => GenericReader.Read(content, type),
    };
}
