using DocumentAgents.Facts;

namespace DocumentAgents.Trade;

/// <summary>What the two parties are called in a kind of document.</summary>
internal static class PartyRoles
{
    public static (string Seller, string Buyer) Of(string type) => type switch
    {
        DocumentType.DespatchAdvice or DocumentType.ReceiptAdvice => (FieldName.Supplier, FieldName.Customer),
        DocumentType.RemittanceAdvice => (FieldName.Payee, FieldName.Payer),
        _ => (FieldName.Seller, FieldName.Buyer),
    };
}
