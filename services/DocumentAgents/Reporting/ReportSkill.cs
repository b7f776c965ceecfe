using System.Collections.Immutable;
using DocumentAgents.CrossValidation;
using DocumentAgents.Processing;
using DocumentAgents.QualityReview;
using Orchestration.AgentHost;

namespace DocumentAgents.Reporting;

/// <summary>Puts together what the stages found: for people as Markdown, for programs as JSON.</summary>
internal sealed class ReportSkill(TimeProvider time) : Skill<ReportInput, BatchReport>
{
    public override string Name => "report";

    public override string Description => "Makes the report of a batch: summary, documents, relations, items for review.";

    public override Task<BatchReport> ExecuteAsync(ReportInput input, SkillContext context, CancellationToken cancellationToken)
    {
        ImmutableArray<ReportedDocument> documents =
        [
            .. input.Batch.Select((name, index) => new ReportedDocument(
                name, input.Documents[index].Document, input.Documents[index].Error, input.Review.Items[index])),
        ];
        var anomalies = ReportedAnomaly.Of(documents, input.Relations, input.OverbilledOrders ?? []);
        var summary = new BatchSummary(
            documents.Length,
            documents.Count(document => document.Error is not null),
            documents.Where(document => document.Extracted is not null).GroupBy(document => document.Extracted!.Type)
                .ToImmutableSortedDictionary(group => group.Key, group => group.Count()),
            anomalies.Length,
            documents.Count(document => document.Review.ForReview),
            input.Review.AverageScore);
        var report = new BatchReport(
            context.Call.RootRunId, time.GetUtcNow(), input.Source ?? "", summary, documents, input.Relations, anomalies, Markdown: "");
        return Task.FromResult(report with { Markdown = MarkdownReport.Write(report) });
    }
}

/// <param name="Batch">Names of the documents, in order.</param>
/// <param name="Documents">What became of them, in the same order.</param>
/// <param name="OverbilledOrders">What cross-validation found about several bills together.</param>
/// <param name="Source">Where the documents come from, in the words of who sent them.</param>
internal sealed record ReportInput(
    ImmutableArray<string> Batch, ImmutableArray<BatchEntry> Documents, ImmutableArray<DocumentRelation> Relations, ReviewOutput Review,
    ImmutableArray<OverbilledOrder>? OverbilledOrders = null, string? Source = null);

/// <param name="RunId">The run that made it.</param>
/// <param name="Source">Where the documents come from; empty when nobody said.</param>
/// <param name="Anomalies">All that the summary counts, the most severe first.</param>
/// <param name="Markdown">The same for people.</param>
internal sealed record BatchReport(
    string RunId, DateTimeOffset CreatedAt, string Source, BatchSummary Summary, ImmutableArray<ReportedDocument> Documents,
    ImmutableArray<DocumentRelation> Relations, ImmutableArray<ReportedAnomaly> Anomalies, string Markdown);

/// <param name="Documents">Number of documents.</param>
/// <param name="Failed">Number of those that could not be processed.</param>
/// <param name="Types">Number of documents by type.</param>
/// <param name="Anomalies">What does not add up within a document, between related ones, or in the bills of an order together.</param>
/// <param name="ForReview">Number of documents a person should look at.</param>
/// <param name="AverageScore">0 to 100.</param>
internal sealed record BatchSummary(
    int Documents, int Failed, ImmutableSortedDictionary<string, int> Types, int Anomalies, int ForReview, double AverageScore);

internal sealed record ReportedDocument(string Name, ExtractedDocument? Extracted, EntryError? Error, ReviewItem Review);
