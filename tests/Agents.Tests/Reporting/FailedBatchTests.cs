using System.Collections.Immutable;
using DocumentAgents.CrossValidation;
using DocumentAgents.Processing;
using DocumentAgents.QualityReview;
using DocumentAgents.Reporting;
using Orchestration.AgentHost.Testing;
using Xunit;

namespace Agents.Tests.Reporting;

/// <summary>A batch of which nothing could be processed still ends in a report (DOC-13).</summary>
public class FailedBatchTests
{
    [Fact]
    public async Task Report_EveryDocumentFailed_NamesEachWithItsError()
    {
        ImmutableArray<string> names = ["cut.pdf", "locked.pdf"];
        ImmutableArray<BatchEntry> entries =
            [new(Error: new("malformed", "permanent", "cut off")), new(Error: new("encrypted", "permanent", "needs a password"))];
        var token = TestContext.Current.CancellationToken;

        var compared = await new CompareSkill().ExecuteAsync(new(entries), null!, token);
        var review = await new ReviewSkill().ExecuteAsync(new(names, entries, compared.Relations, compared.OverbilledOrders), null!, token);
        var input = new ReportInput(names, entries, compared.Relations, review, compared.OverbilledOrders, "inbox");
        var report = await new ReportSkill(TimeProvider.System).ExecuteAsync(input, new InMemorySkillContext(), token);

        Assert.Equal((2, 2, 2), (report.Summary.Documents, report.Summary.Failed, report.Summary.ForReview));
        Assert.Equal(["malformed", "encrypted"], report.Documents.Select(document => document.Error!.Code));
        Assert.Contains("locked.pdf", report.Markdown, StringComparison.Ordinal);
        Assert.Contains("by run run on the documents of inbox.", report.Markdown, StringComparison.Ordinal);
    }
}
