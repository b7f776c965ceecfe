using System.Collections.Immutable;
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
        var extracted = new ExtractedDocument(hostile, DocumentType.Invoice, "Text", [new Field(FieldName.Seller, hostile, Place.Line(1), 0.9)], [], []);
        var document = new ReportedDocument(hostile, extracted, null, new ReviewItem(hostile, 50, true, [hostile]));

        var report = MarkdownReport.Write(new BatchSummary(1, 0, ImmutableSortedDictionary<string, int>.Empty, 0, 1, 50), [document], [], []);

        var row = Assert.Single(report.Split('\n'), line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains("| invoice |", StringComparison.Ordinal));
        Assert.Equal(5, Bare(row).Count(character => character == '|'));
        Assert.DoesNotContain(Bare(report), character => character is '<' or '`');
        Assert.DoesNotContain("![", Bare(report), StringComparison.Ordinal);
        Assert.DoesNotContain("](", Bare(report), StringComparison.Ordinal);
        Assert.DoesNotContain(report, character => char.IsControl(character) && character != '\n');
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
