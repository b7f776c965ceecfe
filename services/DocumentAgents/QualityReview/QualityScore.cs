using System.Collections.Immutable;
using System.Globalization;
using DocumentAgents.CrossValidation;
using DocumentAgents.Facts;
using DocumentAgents.Processing;

namespace DocumentAgents.QualityReview;

/// <summary>How far a document can be trusted, as <see cref="Legend"/> says; never below 0.</summary>
internal static class QualityScore
{
    private const double ReviewBelow = 70;
    private const double MissingField = 10;
    private const double PerAnomaly = 15;
    private const double PerDisagreement = 10;

    /// <summary>What the score means, for readers of a report.</summary>
    public static string Legend { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"""
        The score says from 0 to 100 how far what was read from a document can be trusted: the mean confidence of its values in
        percent, less {MissingField} for each value that such a document should have and lacks, {PerAnomaly} for each anomaly within it,
        and {PerDisagreement} for each document it refers to and disagrees with or, for an order, for being billed beyond its total.
        Documents below {ReviewBelow}, of unknown type or with an anomaly or a disagreement are for review, and those not processed.
        """);

    /// <param name="document">What was read.</param>
    /// <param name="disagreements">Its relations to documents that say otherwise.</param>
    /// <param name="exceeded">Set when it is an order for which too much was billed.</param>
    public static ReviewItem Of(ExtractedDocument document, ImmutableArray<DocumentRelation> disagreements, OverbilledOrder? exceeded)
    {
        var missing = RequiredFields(document.Type).Where(name => !document.Fields.Any(field => field.Name == name)).ToList();
        var confidence = document.Fields.IsEmpty ? 0 : document.Fields.Average(field => field.Confidence) * 100;
        var disagreeing = disagreements.Length + (exceeded is null ? 0 : 1);
        var score = confidence - (missing.Count * MissingField) - (document.Anomalies.Length * PerAnomaly)
            - (disagreeing * PerDisagreement);
        var rounded = Math.Round(Math.Max(0, score), 1);
        ImmutableArray<string> reasons =
        [
            .. document.Type == DocumentType.Unknown ? ["type unknown"] : (string[])[],
            .. missing.Select(name => $"no {name} found"),
            .. document.Anomalies.Select(anomaly => $"{anomaly.Code}: {anomaly.Message}"),
            .. disagreements.Select(relation => $"{relation.Relation} {relation.RefersTo}: {relation.Disagreement()}"),
            .. exceeded is null ? [] : (string[])[exceeded.Message],
            .. confidence < ReviewBelow ? ["fields found with little confidence"] : (string[])[],
        ];
        var weighty = document.Type == DocumentType.Unknown || !document.Anomalies.IsEmpty || disagreeing > 0;
        return new ReviewItem(document.Name, rounded, weighty || rounded < ReviewBelow, reasons);
    }

    private static string[] RequiredFields(string type) => type switch
    {
        DocumentType.Invoice or DocumentType.CreditNote => [FieldName.Number, FieldName.IssueDate, FieldName.Seller],
        DocumentType.PurchaseOrder => [FieldName.Number, FieldName.IssueDate],
        DocumentType.OrderResponse or DocumentType.DespatchAdvice or DocumentType.ReceiptAdvice => [FieldName.Number, FieldName.IssueDate],
        DocumentType.Receipt => [FieldName.Total],
        _ => [],
    };
}
