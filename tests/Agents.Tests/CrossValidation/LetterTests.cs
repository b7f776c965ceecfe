using System.Collections.Immutable;
using Agents.Tests.Documents;
using DocumentAgents.CrossValidation;
using Xunit;

namespace Agents.Tests.CrossValidation;

/// <summary>Relations of what is written about other documents: letters, packing lists, remittances (DOC-07).</summary>
public class LetterTests
{
    private const string Invoice = """
        Brook & Daughter Ltd
        4 Mill Lane, Kendal LA9 4AB
        INVOICE
        Invoice number: BD-20611        Invoice date: 3 March 2026
        Bill to: Fell Outfitters Ltd
        Description        Qty     Price     Amount
        Rope 10 m            6      9.00      54.00
        Total                                 54.00 GBP
        """;

    private const string Order = """
        Fell Outfitters Ltd
        PURCHASE ORDER
        Order number: FO-7118           Date: 20 February 2026
        Supplier: Brook & Daughter Ltd
        Description        Qty     Price     Amount
        Rope 10 m            6      9.00      54.00
        Total                                 54.00 GBP
        """;

    [Fact]
    public void Validate_MailThatNamesABill_IsLinkedToItAlone()
    {
        const string mail = """
            From: accounts@fell.example
            To: office@brook.example
            Subject: Your invoice BD-20611
            Date: Wed, 11 Mar 2026 10:00:00 +0000
            Content-Type: text/plain; charset=utf-8

            We shall pay BD-20611 on Friday. Please call 01539 555118 with questions.
            """;

        var relation = Assert.Single(Validate(("mail.eml", mail), ("invoice.txt", Invoice), ("order.txt", Order)));

        Assert.Equal(("mail.eml", RelationName.Mentions, "invoice.txt"), (relation.File, relation.Relation, relation.RefersTo));
        Assert.Empty(relation.Differences);
    }

    [Fact]
    public void Validate_PackingList_ShipsItsOrderAndNamesWhatIsMissing()
    {
        const string list = """
            Brook & Daughter Ltd
            PACKING LIST
            Packing list no: PL-88           Date: 27 February 2026
            Your order: FO-7118
            Description        Qty
            Rope 10 m            5
            """;

        var relation = Assert.Single(Validate(("order.txt", Order), ("list.txt", list)));

        Assert.Equal((RelationName.Ships, "order.txt"), (relation.Relation, relation.RefersTo));
        var difference = Assert.Single(relation.Differences);
        Assert.Equal(("line1.quantity", "6", "5"), (difference.Name, difference.There[0], difference.Here[0]));
    }

    [Theory]
    [InlineData("54.00", 0)]
    [InlineData("50.00", 1)]
    public void Validate_RemittanceOfSeveralBills_ComparesEachWithItsLine(string paid, int differences)
    {
        var remittance = $"""
            Fell Outfitters Ltd
            REMITTANCE ADVICE
            Payee: Brook & Daughter Ltd
            Date: 13 March 2026

            Invoice number      Invoice date     Amount
            BD-20611            03/03/2026        {paid}
            BD-20618            05/03/2026        80.00

            Total paid                            {(paid == "54.00" ? "134.00" : "130.00")} GBP
            """;
        var other = Invoice.Replace("BD-20611", "BD-20618", StringComparison.Ordinal).Replace("54.00", "80.00", StringComparison.Ordinal);

        var relations = Validate(("first.txt", Invoice), ("second.txt", other), ("remittance.txt", remittance));

        Assert.Equal(["first.txt", "second.txt"], relations.Where(relation => relation.Relation == RelationName.Pays)
            .Select(relation => relation.RefersTo).Order(StringComparer.Ordinal));
        Assert.Equal(differences, relations.Sum(relation => relation.Differences.Length));
    }

    private static ImmutableArray<DocumentRelation> Validate(params (string Name, string Text)[] documents) => CrossValidator.Validate(
        [.. documents.Select(document =>
            new BatchDocument(document.Name, Extracting.Accepted(document.Name, document.Text)))], null,
            TestContext.Current.CancellationToken).Relations;
}
