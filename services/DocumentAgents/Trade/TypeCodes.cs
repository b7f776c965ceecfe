using DocumentAgents.Facts;

namespace DocumentAgents.Trade;

/// <summary>Codes for kinds of business documents (UN/CEFACT 1001), as CII and EDIFACT use them.</summary>
internal static class TypeCodes
{
    public static string? TypeOf(string? code) => code switch
    {
        "380" or "384" or "386" or "388" or "389" or "325" or "326" or "71" or "80" or "82" or "84" or "393" or "395" or "575" or "623"
            or "780" or "875"
            or "876" or "877" => DocumentType.Invoice,
        "381" or "261" or "262" or "296" or "308" or "396" or "83" or "81" or "420" or "458" or "532" => DocumentType.CreditNote,
        "220" or "221" or "224" or "225" or "226" or "227" or "228" => DocumentType.PurchaseOrder,
        "231" => DocumentType.OrderResponse,
        "351" => DocumentType.DespatchAdvice,
        "352" or "632" => DocumentType.ReceiptAdvice,
        "310" => DocumentType.Quotation,
        "481" => DocumentType.RemittanceAdvice,
        _ => null,
    };

    /// <summary>What is special about an invoice; null of an ordinary one.</summary>
    public static string? InvoiceKindOf(string? code) => code switch
    {
        "325" => InvoiceKindName.ProForma,
        "384" => InvoiceKindName.Correction,
        _ => null,
    };
}
