namespace DocumentAgents.Facts;

/// <summary>
/// The words for what a document is. What is none of these is <see cref="Other"/>; what cannot be told is <see cref="Unknown"/>.
/// </summary>
internal static class DocumentType
{
    public const string Invoice = "invoice";
    public const string CreditNote = "credit_note";
    public const string PurchaseOrder = "purchase_order";
    public const string OrderResponse = "order_response";
    public const string DespatchAdvice = "despatch_advice";
    public const string ReceiptAdvice = "receipt_advice";
    public const string Quotation = "quotation";
    public const string Reminder = "reminder";
    public const string RemittanceAdvice = "remittance_advice";
    public const string Receipt = "receipt";
    public const string Contract = "contract";
    public const string BankStatement = "bank_statement";
    public const string Resume = "resume";
    public const string IdentityDocument = "identity_document";
    public const string Email = "email";
    public const string Form = "form";
    public const string PaymentFile = "payment_file";
    public const string ClinicalRecord = "clinical_record";
    public const string InsuranceClaim = "insurance_claim";
    public const string Other = "other";
    public const string Unknown = "unknown";

    public static IReadOnlyList<string> All { get; } =
    [
        Invoice, CreditNote, PurchaseOrder, OrderResponse, DespatchAdvice, ReceiptAdvice, Quotation, Reminder, RemittanceAdvice, Receipt,
        Contract, BankStatement, Resume, IdentityDocument, Email, Form, PaymentFile, ClinicalRecord, InsuranceClaim, Other, Unknown,
    ];
}
