using System.Collections.Immutable;
using DocumentAgents.CrossValidation;

namespace DocumentAgents.Reporting;

/// <summary>One thing that does not add up within a document, or about which it disagrees with a related one.</summary>
/// <param name="File">The document.</param>
/// <param name="RefersTo">The related document, where two disagree.</param>
/// <param name="Code">The kind of anomaly, or the name of what differs.</param>
/// <param name="Message">For people.</param>
internal sealed record ReportedAnomaly(string File, string? RefersTo, string Code, string Message)
{
    public static ImmutableArray<ReportedAnomaly> Of(ImmutableArray<ReportedDocument> documents, ImmutableArray<DocumentRelation> relations) =>
    [
        .. documents.SelectMany(document => document.Extracted?.Anomalies.Select(anomaly => new ReportedAnomaly(document.Name, null, anomaly.Code, anomaly.Message)) ?? []),
        .. relations.SelectMany(relation => relation.Differences.Select(difference => new ReportedAnomaly(relation.File, relation.RefersTo, difference.Name, Describe(relation, difference)))),
    ];

    private static string Describe(DocumentRelation relation, Difference difference) =>
        $"{relation.Relation} {relation.RefersTo}: {string.Join('/', difference.There)} there, {string.Join('/', difference.Here)} here";
}
