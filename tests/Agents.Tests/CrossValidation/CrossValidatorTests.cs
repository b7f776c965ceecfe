using System.Collections.Immutable;
using Agents.Tests.Documents;
using Agents.Tests.Trade;
using DocumentAgents.CrossValidation;
using DocumentAgents.Facts;
using Xunit;

namespace Agents.Tests.CrossValidation;

/// <summary>DOC-07, DOC-13.</summary>
public class CrossValidatorTests
{
    [Fact]
    public void Validate_InvoiceThatFitsItsOrder_IsLinkedWithoutDifference()
    {
        var relation = Assert.Single(Validate(("order.xml", Ubl.Order()), ("invoice.xml", Ubl.Invoice())));

        Assert.Equal(("invoice.xml", RelationName.Bills, "order.xml"), (relation.File, relation.Relation, relation.RefersTo));
        Assert.Empty(relation.Differences);
    }

    [Theory]
    [InlineData("line1.quantity", "10", "12")]
    [InlineData("line1.price", "10.00", "11.00")]
    [InlineData("payable", "125.00", "175.00")]
    [InlineData("issue_date_before", "2024-02-01", "2024-01-15")]
    public void Validate_OneThingChanged_IsTheOnlyDifference(string name, string there, string here)
    {
        var invoice = name switch
        {
            "line1.quantity" => Ubl.Invoice(quantity: here),
            "line1.price" => Ubl.Invoice(price: here),
            "payable" => Ubl.Invoice(payable: here),
            _ => Ubl.Invoice(date: here),
        };

        var difference = Assert.Single(Assert.Single(Validate(("order.xml", Ubl.Order()), ("invoice.xml", invoice))).Differences);

        Assert.Equal((name, there, here), (difference.Name, difference.There[0], difference.Here[0]));
    }

    [Theory]
    [InlineData("230.00", "net_total", "230.00", "240.00")]
    [InlineData("240.00", null, null, null)]
    public void Validate_OrderWithoutTax_IsComparedWithTheNetTotal(string ordered, string? name, string? there, string? here)
    {
        var order = Document("order.csv", DocumentType.PurchaseOrder, ("number", "PO-1"), ("gross_total", ordered), ("payable", ordered));
        var invoice = Document(
            "invoice.txt", DocumentType.Invoice, ("number", "R-1"), ("order_reference", "PO-1"), ("net_total", "240.00"),
            ("tax_total", "48.00"), ("gross_total", "288.00"), ("payable", "288.00"));

        var differences = Assert.Single(CrossValidator.Validate([order, invoice], null, TestContext.Current.CancellationToken).Relations).Differences;

        Assert.Equal(name is null
            ? []
            : [(name, there!, here!)], differences.Select(difference => (difference.Name, difference.There[0], difference.Here[0])));
    }

    [Fact]
    public void Validate_SameNumbersBetweenOtherParties_AreNotLinked() =>
        Assert.Empty(Validate(("order.xml", Ubl.Order(seller: "Vestby", buyer: "Sydhavn Skole")), ("invoice.xml", Ubl.Invoice())));

    [Fact]
    public void Validate_CopyWithAnotherAccount_IsComparedWithTheOriginal()
    {
        var relations = Validate(
            ("order.xml", Ubl.Order()), ("invoice-a.xml", Ubl.Invoice(price: "12.00")), ("invoice-b.xml", Ubl.Invoice()), (
                "invoice-c.xml", Ubl.Invoice(account: "DK9520000123456789")));

        var copy = Assert.Single(relations, relation => relation is { Relation: RelationName.SameInvoice, File: "invoice-c.xml" });
        Assert.Equal("invoice-b.xml", copy.RefersTo);
        Assert.Equal([FieldName.PayeeAccount, "same_number"], copy.Differences.Select(difference => difference.Name));
        Assert.DoesNotContain(relations, relation => relation is { Relation: RelationName.SameInvoice, File: "invoice-b.xml" });
    }

    [Fact]
    public void Validate_CopyWithAnotherOrderNumber_StillBelongsToTheOrder()
    {
        var relations = Validate(
            ("order.xml", Ubl.Order()), ("invoice-a.xml", Ubl.Invoice()), ("invoice-b.xml", Ubl.Invoice(order: "B-9")));

        var bills = Assert.Single(relations, relation => relation is { Relation: RelationName.Bills, File: "invoice-b.xml" });
        Assert.Equal(("order_reference", "B-7", "B-9"), (
            bills.Differences[0].Name, bills.Differences[0].There[0], bills.Differences[0].Here[0]));
    }

    [Fact]
    public void Validate_WholeCase_LinksEveryDocument()
    {
        var relations = Validate(
            ("1.xml", Ubl.Order()), ("2.xml", Ubl.Despatch("8")), ("3.xml", Ubl.Invoice()), ("4.xml", Ubl.Reminder("R-1")));

        Assert.Equal(
            ["2.xml ships 1.xml", "3.xml bills 1.xml", "3.xml bills the shipment 2.xml", "4.xml reminds 3.xml"],
            relations.Select(relation => $"{relation.File} {relation.Relation} {relation.RefersTo}").Order(StringComparer.Ordinal));
        Assert.Equal("line1.quantity",
            Assert.Single(relations.Single(relation => relation.Relation == RelationName.Ships).Differences).Name);
        Assert.Equal("line1.quantity",
            Assert.Single(relations.Single(relation => relation.Relation == RelationName.BillsShipment).Differences).Name);
        Assert.Empty(relations.Single(relation => relation.Relation == RelationName.Reminds).Differences);
    }

    [Fact]
    public void Validate_MasterData_NamesUnknownAccount()
    {
        var masterData = new MasterData([new("Sundby A/S") { Accounts = ["DK00"] }]);

        var result = CrossValidator.Validate([Document("i.xml", Ubl.Invoice())], masterData, TestContext.Current.CancellationToken);

        Assert.Equal("unknown_account", Assert.Single(result.Findings).Code);
    }

    private static ImmutableArray<DocumentRelation> Validate(params (string File, string Text)[] documents) =>
        CrossValidator.Validate([.. documents.Select(document =>
            Document(document.File, document.Text))], null, TestContext.Current.CancellationToken).Relations;

    private static BatchDocument Document(string file, string text) => new(file, Extracting.Accepted(file, text));

    private static BatchDocument Document(string file, string type, params (string Name, string Value)[] fields) =>
        new(file, new Extraction(
            type, [.. fields.Select(field => new Field(field.Name, field.Value, DocumentAgents.Reading.Place.Line(1), 0.9))]));
}
