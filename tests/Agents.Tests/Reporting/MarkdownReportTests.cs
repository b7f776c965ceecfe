using System.Collections.Immutable;
using DocumentAgents.CrossValidation;
using DocumentAgents.Facts;
using DocumentAgents.Processing;
using DocumentAgents.QualityReview;
using DocumentAgents.Reading;
using DocumentAgents.Reporting;
using Xunit;

namespace Agents.Tests.Reporting;

public class MarkdownReportTests
{
    [Theory]
    [InlineData("a|b")]
    [InlineData("![x](http://evil.example/a.png)")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("one\r\n| two |")]
    [InlineData("`code` **bold** &lt;")]
    [InlineData("\u001b[31mred\u0007\ttab")]
    public void Write_ValuesFromDocuments_StayText(string hostile)
    {
        var extracted = new ExtractedDocument(
            hostile, DocumentType.Invoice, "Text", [new Field(FieldName.Seller, hostile, Place.Line(1), 0.9)], [], []);
        var document = new ReportedDocument(hostile, extracted, null, new ReviewItem(hostile, 50, true, [hostile]));

        var report = Write(hostile, [document], []);

        var row = Assert.Single(
            report.Split('\n'), line => line.StartsWith("| ", StringComparison.Ordinal)
            && line.Contains("| invoice |", StringComparison.Ordinal));
        var value = Assert.Single(report.Split('\n'), line => line.StartsWith("| seller |", StringComparison.Ordinal));
        Assert.Equal((5, 5), (Bare(row).Count(character => character == '|'), Bare(value).Count(character => character == '|')));
        Assert.DoesNotContain(Bare(report), character => character is '<' or '`');
        Assert.DoesNotContain("![", Bare(report), StringComparison.Ordinal);
        Assert.DoesNotContain("](", Bare(report), StringComparison.Ordinal);
        Assert.DoesNotContain(report, character => char.IsControl(character) && character != '\n');
    }

    [Fact]
    public void Write_DocumentForReview_SaysWhenFromWhereAndWhatTheScoreMeans()
    {
        var payable = new Field(FieldName.Payable, "10.00", new Place("xpath", "/Order/cbc:PayableAmount"), 0.99);
        var order = Document("order.xml", 95, forReview: true, payable);

        var report = Write("/inbox", [order], []);

        Assert.Contains("Written on 2026-04-02 at 07:30 UTC by run run-7 on the documents of /inbox.", report, StringComparison.Ordinal);
        Assert.Contains("The score says from 0 to 100", report, StringComparison.Ordinal);
        Assert.Contains("for each document it refers to and disagrees with", report, StringComparison.Ordinal);
        Assert.Contains("of unknown type or with", report, StringComparison.Ordinal);
        Assert.Contains("and those not processed", report, StringComparison.Ordinal);
        Assert.Contains("| payable | 10.00 | xpath /Order/cbc:PayableAmount | 0.99 |", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Quotation_ShowsWhatItComesToAndNotItsParts()
    {
        Field[] fields = [.. new[] { ("number", "D-1"), ("net_total", "100.00"), ("tax_total", "20.00"), ("gross_total", "120.00") }
            .Select(field => new Field(field.Item1, field.Item2, Place.Line(1), 0.9))];

        var report = Write("", [Document("d.txt", 90, forReview: false, fields)], []);
        var row = Assert.Single(report.Split('\n'), line => line.StartsWith("| d.txt |", StringComparison.Ordinal));

        Assert.EndsWith("| number D-1, gross\\_total 120.00 |", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SeveralAnomalies_MostSevereFirstAndBothDocumentsNamed()
    {
        ReportedDocument[] documents =
            [Document("late.xml", 40, forReview: true), Document("dear.xml", 60, forReview: true), Document(
                "twice.xml", 89, forReview: true)];
        DocumentRelation[] relations =
        [
            new("late.xml", "order.xml", RelationName.Bills, [Difference.Of("issue_date_before", "2026-02-01", "2026-01-01")]),
            new(
                "dear.xml", "order.xml", RelationName.Bills,
                [Difference.Of("payable", "10.00", "12.00"), Difference.Of("line2.price", "5", "7")]),
            new("part.xml", "order.xml", RelationName.Bills, [Difference.Of("payable", "10.00", "4.00")]),
            new(
                "twice.xml", "once.xml", RelationName.SameInvoice,
                [Difference.Of("payee_account", "NL1", "GB2"), Difference.Of("same_number", "7", "7")]),
        ];

        var report = Write("", documents, relations);

        Assert.Equal(
            ["high", "high", "medium", "medium", "low", "low"],
            ReportedAnomaly.Of([.. documents], [.. relations], []).Select(anomaly => anomaly.Severity));
        Assert.Equal(
            ["twice.xml", "dear.xml", "late.xml"],
            report.Split('\n').Where(line => line.StartsWith("- **", StringComparison.Ordinal)).Select(line => line.Split("**")[1]));
        string[] rows =
        [
            "| order.xml has payable 10.00, price of line 2 5; dear.xml has payable 12.00, price of line 2 7 |",
            "| both have the number 7; once.xml has payee account NL1; twice.xml has payee account GB2 |",
            "| low | late.xml | issue\\_date\\_before | order.xml has issue date 2026-02-01; late.xml has issue date 2026-01-01 |",
        ];
        Assert.All(rows, row => Assert.Contains(row, report, StringComparison.Ordinal));
    }

    private static ReportedDocument Document(string name, double score, bool forReview, params Field[] fields) =>
        new(
            name, new ExtractedDocument(name, DocumentType.Invoice, "Text", [.. fields], [], []), null,
            new ReviewItem(name, score, forReview, ["x"]));

    private static string Write(string source, IEnumerable<ReportedDocument> documents, IEnumerable<DocumentRelation> relations)
    {
        var summary = new BatchSummary(documents.Count(), 0, ImmutableSortedDictionary<string, int>.Empty, 0, 1, 50);
        var anomalies = ReportedAnomaly.Of([.. documents], [.. relations], []);
        var written = new DateTimeOffset(2026, 4, 2, 7, 30, 0, TimeSpan.Zero);
        return MarkdownReport.Write(new("run-7", written, source, summary, [.. documents], [.. relations], anomalies, ""));
    }

    // What a backslash stands before is text.
    private static string Bare(string markdown)
    {
        var index = 0;
        var bare = new System.Text.StringBuilder();
        while (index < markdown.Length)
        {
            if (markdown[index] == '\\')
            {
                index += 2;
                continue;
            }

            bare.Append(markdown[index++]);
        }

        return bare.ToString();
    }
}
