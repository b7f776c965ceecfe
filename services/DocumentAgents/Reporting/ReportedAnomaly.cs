using System.Collections.Immutable;
using DocumentAgents.CrossValidation;
using DocumentAgents.Facts;

namespace DocumentAgents.Reporting;

/// <summary>One thing that does not add up within a document, between it and a related one, or in several together.</summary>
/// <param name="File">The document.</param>
/// <param name="RefersTo">The related document, where two disagree.</param>
/// <param name="Code">The kind of anomaly, or the name of what differs.</param>
/// <param name="Message">For people.</param>
/// <param name="Severity">One of <see cref="AnomalySeverity"/>.</param>
internal sealed record ReportedAnomaly(string File, string? RefersTo, string Code, string Message, string Severity)
{
    /// <summary>All of a batch, the most severe first.</summary>
    public static ImmutableArray<ReportedAnomaly> Of(
        ImmutableArray<ReportedDocument> documents, ImmutableArray<DocumentRelation> relations, ImmutableArray<OverbilledOrder> orders)
    {
        var within = documents.SelectMany(document =>
            document.Extracted?.Anomalies.Select(anomaly => Of(document.Name, null, anomaly.Code, anomaly.Message)) ?? []);
        var between = relations.SelectMany(relation => relation.Differences.Select(
            difference => Of(relation.File, relation.RefersTo, difference.Name, relation.Disagreement(difference)) with
            {
                Severity = AnomalySeverity.Of(relation, difference),
            }));
        var together = orders.Select(order => Of(order.File, null, OverbilledOrder.Code, order.Message) with
        {
            Severity = order.IsOfOrderedGoods ? AnomalySeverity.High : AnomalySeverity.Medium,
        });
        return [.. within.Concat(between).Concat(together).OrderBy(anomaly => AnomalySeverity.Rank(anomaly.Severity))];
    }

    private static ReportedAnomaly Of(string file, string? refersTo, string code, string message) =>
        new(file, refersTo, code, message, AnomalySeverity.Of(code));
}

/// <summary>How soon a person should look at an anomaly.</summary>
internal static class AnomalySeverity
{
    /// <summary>Money may go to the wrong one, or twice; a paper may be forged.</summary>
    public const string High = "high";

    /// <summary>A sum, a price or a name is not what it should be.</summary>
    public const string Medium = "medium";

    /// <summary>Often a slip that costs nothing.</summary>
    public const string Low = "low";

    private static readonly string[] All = [High, Medium, Low];

    public static int Rank(string severity) => Array.IndexOf(All, severity);

    /// <summary>A bill for less than was ordered is mostly one of several.</summary>
    public static string Of(DocumentRelation relation, Difference difference) =>
        relation.Relation is RelationName.Bills or RelationName.BillsShipment && difference is { There: [var ordered], Here: [var billed] }
        && Amount.Invariant(billed) < Amount.Invariant(ordered) ? Low : Of(difference.Name);

    public static string Of(string code) => code switch
    {
        "payee_account" or "same_number" or "account_check_digits" or "check_digits" => High,
        "issue_date" or "issue_date_before" or "due_before_issue" or "date_unclear" or "line_count" => Low,
        _ => Medium,
    };
}
