namespace DocumentAgents.Facts;

/// <summary>Names of fields that more than one class uses.</summary>
internal static class FieldName
{
    public const string Number = "number";
    public const string IssueDate = "issue_date";
    public const string DueDate = "due_date";
    public const string Currency = "currency";
    public const string Seller = "seller";
    public const string Buyer = "buyer";
    public const string Supplier = "supplier";
    public const string Customer = "customer";
    public const string Payer = "payer";
    public const string Payee = "payee";
    public const string OrderReference = "order_reference";
    public const string BillingReference = "billing_reference";
    /// <summary>What may be the number of another document, in a letter that speaks of it.</summary>
    public const string Mentions = "mentions";

    public const string DespatchReference = "despatch_reference";
    public const string NetTotal = "net_total";
    public const string TaxTotal = "tax_total";
    public const string GrossTotal = "gross_total";
    public const string Payable = "payable";
    public const string Prepaid = "prepaid";
    public const string Rounding = "rounding";
    public const string LineExtensionTotal = "line_extension_total";
    public const string LineCount = "line_count";
    public const string PayeeAccount = "payee_account";
    public const string SellerId = "seller_id";
    public const string BuyerId = "buyer_id";
    /// <summary>One of <see cref="InvoiceKindName"/>, of an invoice that is no ordinary one.</summary>
    public const string InvoiceKind = "invoice_kind";

    public const string Accepted = "accepted";
    public const string Total = "total";
    public const string Company = "company";
    public const string Date = "date";
    public const string Title = "title";
    public const string Name = "name";
}

/// <summary>Invoices that ask for nothing beyond what another one does.</summary>
internal static class InvoiceKindName
{
    /// <summary>Says beforehand what will be billed.</summary>
    public const string ProForma = "pro forma";

    /// <summary>Takes the place of another, or corrects it.</summary>
    public const string Correction = "correction";
}
