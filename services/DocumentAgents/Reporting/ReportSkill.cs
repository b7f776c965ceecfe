using System.Collections.Immutable;
using DocumentAgents.CrossValidation;
using DocumentAgents.Processing;
using DocumentAgents.QualityReview;
using Orchestration.AgentHost;

namespace DocumentAgents.Reporting;

/// <summary>Puts together what the stages found: for people as Markdown, for programs as JSON.</summary>
internal sealed class ReportSkill : Skill<ReportInput, BatchReport>
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
        var anomalies = ReportedAnomaly.Of(documents, input.Relations);
        var summary = new BatchSummary(
            documents.Length,
            documents.Count(document => document.Error is not null),
            documents.Where(document => document.Extracted is not null).GroupBy(document => document.Extracted!.Type)
                .ToImmutableSortedDictionary(group => group.Key, group => group.Count()),
            anomalies.Length,
            documents.Count(document => document.Review.ForReview),
            input.Review.AverageScore);
        return Task.FromResult(new BatchReport(
            summary, documents, input.Relations, anomalies, MarkdownReport.Write(summary, documents, input.Relations, anomalies)));
    }
}

/// <param name="Batch">Names of the documents, in order.</param>
/// <param name="Documents">What became of them, in the same order.</param>
internal sealed record ReportInput(
    ImmutableArray<string> Batch, ImmutableArray<BatchEntry> Documents, ImmutableArray<DocumentRelation> Relations, ReviewOutput Review);

/// <param name="Anomalies">All that the summary counts.</param>
/// <param name="Markdown">The same for people.</param>
internal sealed record BatchReport(
    BatchSummary Summary, ImmutableArray<ReportedDocument> Documents, ImmutableArray<DocumentRelation> Relations, ImmutableArray<ReportedAnomaly> Anomalies,
    string Markdown);

/// <param name="Documents">Number of documents.</param>
/// <param name="Failed">Number of those that could not be processed.</param>
/// <param name="Types">Number of documents by type.</param>
/// <param name="Anomalies">What does not add up within a document, and where related documents disagree.</param>
/// <param name="ForReview">Number of documents a person should look at.</param>
/// <param name="AverageScore">0 to 100.</param>
internal sealed record BatchSummary(
    int Documents, int Failed, ImmutableSortedDictionary<string, int> Types, int Anomalies, int ForReview, double AverageScore);

internal sealed record ReportedDocument(string Name, ExtractedDocument? Extracted, EntryError? Error, ReviewItem Review);
