using Agents.Tests.Documents;
using DocumentAgents.CrossValidation;
using DocumentAgents.Reporting;
using Xunit;

namespace Agents.Tests.CrossValidation;

/// <summary>Ordinary batches, in which several bills of an order come to more than its total and are right (DOC-07).</summary>
public class BilledOrdersTests
{
    private const string Goods = "Steel gate        2         500.00      1000.00\nTotal                                   1000.00 EUR";
    private const string Half = "Steel gate        1         500.00      500.00\nTotal                                   500.00 EUR";
    private const string WithFreight =
        "Steel gate        1         500.00      500.00\nFreight           1         25.00       25.00\n"
        + "Total                                   525.00 EUR";

    private const string Buyer = "<cac:Party><cac:PartyName><cbc:Name>Muster Handel</cbc:Name></cac:PartyName></cac:Party>";

    private const string Month = "Cleaning per month  1         500.00      500.00\nTotal                                   500.00 EUR";

    [Fact]
    public void Validate_MoreGoodsThanOrdered_IsSevere()
    {
        var found = Assert.Single(Exceeded(Order(Goods), Invoice("INV-1", Half), Invoice("INV-2", Goods)));

        Assert.Equal((1000m, 1500m, true), (found.Ordered, found.Billed, found.IsOfOrderedGoods));
        Assert.EndsWith("too much (INV-1.txt, INV-2.txt)", found.Message, StringComparison.Ordinal);
        Assert.Equal(AnomalySeverity.High, Severity(found));
    }

    [Fact]
    public void Validate_MoreThanOrderedInOtherWords_MayBeFreight()
    {
        var gate = WithFreight.Replace("Steel gate", "Portal    ", StringComparison.Ordinal);

        var found = Assert.Single(Exceeded(Order(Goods), Invoice("INV-1", gate), Invoice("INV-2", gate)));

        Assert.Contains("freight or other charges", found.Message, StringComparison.Ordinal);
        Assert.Equal(AnomalySeverity.Medium, Severity(found));
    }

    [Theory]
    [InlineData(WithFreight, WithFreight)]
    [InlineData(Half, WithFreight)]
    public void Validate_FreightOfDeliveries_IsNoneOfTheOrder(string first, string second) =>
        Assert.Empty(Exceeded(Order(Goods), Invoice("INV-1", first), Invoice("INV-2", second)));

    [Fact]
    public void Validate_FreightBelowTheLines_IsNoneOfTheOrder()
    {
        var bill = Half.Replace(
            "Total  ", "Freight                                 25.00 EUR\nTotal  ", StringComparison.Ordinal).Replace(
            "500.00 EUR", "525.00 EUR", StringComparison.Ordinal);

        Assert.Empty(Exceeded(Order(Goods), Invoice("INV-1", bill), Invoice("INV-2", bill)));
    }

    [Fact]
    public void Validate_OrderWithADeposit_CountsWithIt()
    {
        var order = Order($"{Goods}\nDeposit paid                    300.00 EUR\nBalance due                     700.00 EUR");

        Assert.Equal("1000.00", order.Extraction.Value("gross_total"));
        Assert.Equal(("300.00", "700.00"), (order.Extraction.Value("prepaid"), order.Extraction.Value("payable")));
        Assert.Empty(Exceeded(order, Invoice("INV-1", Half), Invoice("INV-2", Half)));
    }

    [Fact]
    public void Validate_FinalInvoiceWithTheDepositTakenOff_CountsWithoutIt()
    {
        const string Deposit = "Deposit           1         300.00      300.00\nTotal                                   300.00 EUR";
        var final = $"{Goods}\nLess invoice INV-1                      300.00 EUR\nBalance due                             700.00 EUR";

        Assert.Empty(Exceeded(Order(Goods), Invoice("INV-1", Deposit), Invoice("INV-2", final)));
    }

    [Theory]
    [InlineData("Proforma invoice", "pro forma")]
    [InlineData("PRO FORMA INVOICE INV-1", "pro forma")]
    [InlineData("Facture pro forma", "pro forma")]
    [InlineData("Invoice", null)]
    [InlineData("Invoice\nProforma invoice no.: PF-17", null)]
    [InlineData("Corrected invoice", "correction")]
    [InlineData("Rechnung\nErsetzt unsere Rechnung Nr. R-17", "correction")]
    public void Kind_Heading_SaysWhetherAnInvoiceIsNoOrdinaryOne(string heading, string? kind) =>
        Assert.Equal(kind, Invoice("INV-1", Goods, heading).Extraction.Value("invoice_kind"));

    [Fact]
    public void Validate_ProFormaInvoice_IsNoBill() =>
        Assert.Empty(Exceeded(Order(Goods), Invoice("INV-1", Half, "Proforma invoice"), Invoice("INV-2", Half), Invoice("INV-3", Half)));

    [Fact]
    public void Validate_ProFormaInvoiceWithTheNumberOfTheFinalOne_IsNoCopy()
    {
        var proForma = Invoice("INV-1", Goods, "Proforma invoice") with { File = "pro forma.txt" };

        var result = CrossValidator.Validate([proForma, Invoice("INV-1", Goods)], null, TestContext.Current.CancellationToken);

        Assert.Empty(result.Relations);
    }

    [Theory]
    [InlineData("Corrected invoice, replaces INV-1", 0)]
    [InlineData("Invoice\nThis invoice replaces our invoice no. INV-1", 0)]
    [InlineData("Corrected invoice", 0)]
    [InlineData("Invoice", 1)]
    public void Validate_CorrectedInvoice_CountsInPlaceOfTheOther(string heading, int expected) =>
        Assert.Equal(
            expected,
            Exceeded(Order(Goods), Invoice("INV-1", Half), Invoice("INV-3", Half), Invoice("INV-2", Half, heading)).Length);

    [Theory]
    [InlineData(325, "INV-0", 0)]
    [InlineData(384, "INV-0", 0)]
    [InlineData(380, "INV-1", 0)]
    [InlineData(380, "INV-0", 1)]
    public void Validate_StructuredInvoiceOfAnotherKind_DoesNotCountBesideItsOriginal(int code, string billing, int expected) =>
        Assert.Equal(expected, Exceeded(UblOrder(0), UblInvoice("INV-1"), UblInvoice("INV-2"), UblInvoice("INV-3", code, billing)).Length);

    [Fact]
    public void Validate_StructuredOrderWithADeposit_CountsWithIt() =>
        Assert.Empty(Exceeded(UblOrder(300), UblInvoice("INV-1"), UblInvoice("INV-2")));

    [Theory]
    [InlineData(Month, 0)]
    [InlineData(Goods, 1)]
    public void Validate_BillsThatEachRepeatTheOrder_AreOfAStandingOne(string last, int expected) =>
        Assert.Equal(expected, Exceeded(Order(Month), Invoice("INV-1", Month), Invoice("INV-2", Month), Invoice("INV-3", last)).Length);

    private static OverbilledOrder[] Exceeded(params BatchDocument[] batch) =>
        [.. CrossValidator.Validate(batch, null, TestContext.Current.CancellationToken).OverbilledOrders];

    private static string Severity(OverbilledOrder order) => Assert.Single(ReportedAnomaly.Of([], [], [order])).Severity;

    private static BatchDocument Order(string rows) => Read("order.txt", $"""
        Muster Handel GmbH
        Purchase order
        Order number: PO-88231
        Date: 2026-01-10
        Supplier: Kessler Metallbau GmbH
        Buyer: Muster Handel GmbH
        Description       Quantity  Unit price  Amount
        {rows}
        """);

    private static BatchDocument Invoice(string number, string rows, string heading = "Invoice") => Read($"{number}.txt", $"""
        Kessler Metallbau GmbH
        {heading}
        Invoice number: {number}
        Date: 2026-02-11
        Order number: PO-88231
        Seller: Kessler Metallbau GmbH
        Buyer: Muster Handel GmbH
        Description       Quantity  Unit price  Amount
        {rows}
        """);

    private static BatchDocument UblOrder(int prepaid) => Ubl("Order", "PO-88231", $"""
        <cac:BuyerCustomerParty>{Buyer}</cac:BuyerCustomerParty>
        <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">190.00</cbc:TaxAmount></cac:TaxTotal>
        <cac:AnticipatedMonetaryTotal><cbc:TaxExclusiveAmount>1000.00</cbc:TaxExclusiveAmount>
        <cbc:TaxInclusiveAmount>1190.00</cbc:TaxInclusiveAmount><cbc:PrepaidAmount>{prepaid}.00</cbc:PrepaidAmount>
        <cbc:PayableAmount>{1190 - prepaid}.00</cbc:PayableAmount></cac:AnticipatedMonetaryTotal>
        """);

    private static BatchDocument UblInvoice(string number, int code = 380, string billing = "") => Ubl("Invoice", number, $"""
        <cbc:InvoiceTypeCode>{code}</cbc:InvoiceTypeCode><cac:OrderReference><cbc:ID>PO-88231</cbc:ID></cac:OrderReference>
        <cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{billing}</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>
        <cac:AccountingCustomerParty>{Buyer}</cac:AccountingCustomerParty>
        <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">95.00</cbc:TaxAmount></cac:TaxTotal>
        <cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount>500.00</cbc:TaxExclusiveAmount>
        <cbc:TaxInclusiveAmount>595.00</cbc:TaxInclusiveAmount><cbc:PayableAmount>595.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
        """);

    private static BatchDocument Ubl(string root, string number, string content) => Read($"{number}.xml", $"""
        <{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
            xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
            xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
        <cbc:ID>{number}</cbc:ID><cbc:IssueDate>2026-02-11</cbc:IssueDate>{content}</{root}>
        """);

    private static BatchDocument Read(string file, string text) => new(file, Extracting.Accepted(file, text));
}
