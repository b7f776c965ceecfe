using System.Collections.Immutable;
using DocumentAgents.CrossValidation;
using DocumentAgents.Facts;
using DocumentAgents.QualityReview;
using DocumentAgents.Processing;
using DocumentAgents.Reading;
using Orchestration.AgentHost.Testing;
using Xunit;

namespace Agents.Tests.CrossValidation;

/// <summary>Bills that are each below their order and together above it (DOC-07).</summary>
public class OrderBillingTests
{
    private static readonly BatchDocument Order = Document(
        "order.xml", DocumentType.PurchaseOrder, ("number", "PO-1000"), ("currency", "EUR"), ("net_total", "1000.00"),
        ("tax_total", "200.00"), ("gross_total", "1200.00"), ("payable", "1200.00"));

    [Fact]
    public void Validate_SixInvoicesBeyondTheOrder_AreNamedOnce()
    {
        var found = Assert.Single(Exceeded([Order, .. Invoices(6, "210.00", "252.00")]));

        Assert.Equal(("order.xml", 6, 1200m, 1512m), (found.File, found.Bills.Length, found.Ordered, found.Billed));
        Assert.Equal(
            "6 invoices come to 1512.00 EUR together, ordered were 1200.00 EUR: 312.00 EUR too much "
            + "(i1.xml, i2.xml, i3.xml, i4.xml, i5.xml, i6.xml); freight or other charges that are not ordered may be among it",
            found.Message);
    }

    [Fact]
    public void Validate_InvoicesThatComeToTheOrder_AreRight() => Assert.Empty(Exceeded([Order, .. Invoices(6, "166.67", "200.01")]));

    [Theory]
    [InlineData("EUR", "PO-1000", "I-9", 0)]
    [InlineData("EUR", "", "I-1", 0)]
    [InlineData("EUR", "PO-1000", "I-1", 0)]
    [InlineData("EUR", "", "I-7", 1)]
    [InlineData("USD", "PO-1000", "I-9", 0)]
    public void Validate_CreditNote_IsTakenOffOrMakesTheSumUnsure(string currency, string order, string invoice, int expected)
    {
        var credit = Document(
            "credit.xml", DocumentType.CreditNote, ("number", "C-1"), ("currency", currency), ("order_reference", order),
            ("billing_reference", invoice), ("net_total", "260.00"), ("tax_total", "52.00"), ("gross_total", "312.00"), (
                "payable", "312.00"));

        Assert.Equal(expected, Exceeded([Order, .. Invoices(6, "210.00", "252.00"), credit]).Length);
    }

    [Fact]
    public void Validate_CreditNoteThatIsTooSmall_IsNamed()
    {
        var credit = Document(
            "credit.xml", DocumentType.CreditNote, ("number", "C-1"), ("billing_reference", "I-1"), ("net_total", "10.00"),
            ("tax_total", "2.00"), ("gross_total", "12.00"));

        var found = Assert.Single(Exceeded([Order, .. Invoices(6, "210.00", "252.00"), credit]));

        Assert.Equal((1500m, "credit.xml"), (found.Billed, Assert.Single(found.Credits)));
        Assert.Contains("together, less credit.xml, ordered", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_CopiesOfOneInvoice_CountOnce()
    {
        var invoice = Invoice("a.xml", "I-1", "800.00", "960.00");

        Assert.Empty(Exceeded([Order, invoice, invoice with { File = "b.pdf" }, invoice with { File = "c.txt" }]));
    }

    [Fact]
    public void Validate_OtherCurrency_IsNotAdded() =>
        Assert.Empty(Exceeded([Order, Invoice("a.xml", "I-1", "800.00", "960.00"), Invoice("b.xml", "I-2", "800.00", "960.00", "USD")]));

    [Fact]
    public void Validate_PrepaymentAndFinalInvoice_AreNotCountedTwice()
    {
        var final = Document(
            "final.xml", DocumentType.Invoice, ("number", "I-2"), ("order_reference", "PO-1000"), ("net_total", "1000.00"),
            ("tax_total", "200.00"), ("gross_total", "1200.00"), ("prepaid", "360.00"), ("payable", "840.00"));

        Assert.Empty(Exceeded([Order, Invoice("first.xml", "I-1", "300.00", "360.00"), final]));
    }

    [Theory]
    [InlineData("500.00", "600.00", 0)]
    [InlineData("550.00", "660.00", 1)]
    public void Validate_OrderWithoutAWordAboutTax_IsHeldAgainstTheNetSums(string net, string gross, int expected)
    {
        var order = Document(
            "order.csv", DocumentType.PurchaseOrder, ("number", "PO-1000"), ("gross_total", "1000.00"), ("payable", "1000.00"));

        Assert.Equal(expected, Exceeded([order, .. Invoices(2, net, gross)]).Length);
    }

    [Fact]
    public async Task Review_OrderBilledBeyondItsTotal_IsForReviewWithTheReason()
    {
        var exceeded = Exceeded([Order, .. Invoices(6, "210.00", "252.00")]);
        var document = new ExtractedDocument("order.xml", DocumentType.PurchaseOrder, "Xml", Order.Extraction.Fields, [], []);

        var review = await new ReviewSkill().ExecuteAsync(
            new(["order.xml"], [new(document)], [], exceeded), new InMemorySkillContext(), TestContext.Current.CancellationToken);

        var item = Assert.Single(review.Items);
        Assert.True(item.ForReview);
        Assert.Contains(exceeded[0].Message, item.Reasons);
    }

    private static ImmutableArray<OverbilledOrder> Exceeded(IReadOnlyList<BatchDocument> batch) =>
        CrossValidator.Validate(batch, null, TestContext.Current.CancellationToken).OverbilledOrders;

    private static IEnumerable<BatchDocument> Invoices(int count, string net, string gross) =>
        Enumerable.Range(1, count).Select(index => Invoice($"i{index}.xml", $"I-{index}", net, gross));

    private static BatchDocument Invoice(string file, string number, string net, string gross, string currency = "EUR") => Document(
        file, DocumentType.Invoice, ("number", number), ("order_reference", "PO-1000"), ("currency", currency), ("net_total", net),
        ("tax_total", Amount.Text(Amount.Invariant(gross)!.Value - Amount.Invariant(net)!.Value)), ("gross_total", gross),
        ("payable", gross));

    private static BatchDocument Document(string file, string type, params (string Name, string Value)[] fields)
    {
        var stated = fields.Where(field => field.Value.Length > 0).Select(field => new Field(field.Name, field.Value, Place.Line(1), 0.9));
        return new(file, new Extraction(type, [.. stated]));
    }
}
