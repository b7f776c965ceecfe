namespace Agents.Tests.Trade;

/// <summary>Small UBL documents for tests.</summary>
internal static class Ubl
{
    private const string Namespaces =
        "xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2\" xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\"";

    public static string Invoice(
        string number = "R-1", string date = "2024-02-28", string seller =
            "Sundby", string order = "B-7", string quantity = "10", string price = "10.00", string net = "100.00",
        string gross = "125.00", string payable = "125.00", string account = "DK5000400440116243", string extra = "") =>
        Document("Invoice", number, date, seller, $"""
            <cbc:DocumentCurrencyCode>DKK</cbc:DocumentCurrencyCode>
            <cac:OrderReference><cbc:ID>{order}</cbc:ID></cac:OrderReference>
            <cac:PaymentMeans><cac:PayeeFinancialAccount><cbc:ID>{account}</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
            <cac:TaxTotal><cbc:TaxAmount currencyID="DKK">25.00</cbc:TaxAmount></cac:TaxTotal>{extra}
            <cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="DKK">100.00</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount currencyID="DKK">{net}</cbc:TaxExclusiveAmount>
            <cbc:TaxInclusiveAmount currencyID="DKK">{gross}</cbc:TaxInclusiveAmount><cbc:PayableAmount currencyID="DKK">{payable}</cbc:PayableAmount></cac:LegalMonetaryTotal>
            <cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="EA">{quantity}</cbc:InvoicedQuantity><cbc:LineExtensionAmount currencyID="DKK">100.00</cbc:LineExtensionAmount>{Item(price)}</cac:InvoiceLine>
            """);

    public static string Order(string number = "B-7", string seller = "Sundby", string buyer = "Nordhavn Skole") =>
        Document("Order", number, "2024-02-01", seller, $"""
            <cbc:DocumentCurrencyCode>DKK</cbc:DocumentCurrencyCode>
            <cac:AnticipatedMonetaryTotal><cbc:TaxExclusiveAmount currencyID="DKK">100.00</cbc:TaxExclusiveAmount><cbc:PayableAmount currencyID="DKK">125.00</cbc:PayableAmount></cac:AnticipatedMonetaryTotal>
            <cac:OrderLine><cac:LineItem><cbc:ID>1</cbc:ID><cbc:Quantity unitCode="EA">10</cbc:Quantity>{Item("10.00")}</cac:LineItem></cac:OrderLine>
            """, buyer);

    public static string Despatch(string quantity) =>
        Document("DespatchAdvice", "L-3", "2024-02-20", "Sundby", $"""
            <cac:OrderReference><cbc:ID>B-7</cbc:ID></cac:OrderReference>
            <cac:DespatchLine><cbc:ID>1</cbc:ID><cbc:DeliveredQuantity unitCode="EA">{quantity}</cbc:DeliveredQuantity>{Item("")}</cac:DespatchLine>
            """);

    public static string Reminder(string invoice) =>
        Document("Reminder", "M-1", "2024-04-01", "Sundby", $"""
            <cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="DKK">125.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
            <cac:ReminderLine><cbc:ID>1</cbc:ID><cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{invoice}</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference></cac:ReminderLine>
            """);

    private static string Document(string kind, string number, string date, string seller, string body, string buyer = "Nordhavn Skole") => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <{kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{kind}-2" {Namespaces}>
        <cbc:ID>{number}</cbc:ID><cbc:IssueDate>{date}</cbc:IssueDate>
        <cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>{seller}</cbc:Name></cac:PartyName><cac:PartyLegalEntity><cbc:RegistrationName>{seller} A/S</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
        <cac:AccountingCustomerParty><cac:Party><cac:PartyName><cbc:Name>{buyer}</cbc:Name></cac:PartyName></cac:Party></cac:AccountingCustomerParty>
        {body}
        </{kind}>
        """;

    private static string Item(string price) =>
        "<cac:Item><cbc:Name>Tavlekridt</cbc:Name><cac:SellersItemIdentification><cbc:ID>A-1</cbc:ID></cac:SellersItemIdentification></cac:Item>"
        + (price.Length == 0 ? "" : $"<cac:Price><cbc:PriceAmount currencyID=\"DKK\">{price}</cbc:PriceAmount></cac:Price>");
}
