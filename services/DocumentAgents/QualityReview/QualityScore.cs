using System.Collections.Immutable;
using DocumentAgents.CrossValidation;
using DocumentAgents.Facts;
using DocumentAgents.Processing;

namespace DocumentAgents.QualityReview;

/// <summary>
/// How far a document can be trusted: the mean confidence of its fields in percent, less 10 for every field its type should
/// have and lacks, less 15 for every anomaly, less 10 for every document it disagrees with; never below 0.
/// </summary>
internal static class QualityScore
{
    private const double ReviewBelow = 70;
    private const double MissingField = 10;
    private const double PerAnomaly = 15;
    private const double PerDisagreement = 10;

    public static ReviewItem Of(ExtractedDocument document, ImmutableArray<DocumentRelation> disagreements)
    {
        var missing = RequiredFields(document.Type).Where(name => !document.Fields.Any(field => field.Name == name)).ToList();
        var confidence = document.Fields.IsEmpty ? 0 : document.Fields.Average(field => field.Confidence) * 100;
        var score = confidence - (missing.Count * MissingField) - (document.Anomalies.Length * PerAnomaly) - (disagreements.Length * PerDisagreement);
        var rounded = Math.Round(Math.Max(0, score), 1);
        ImmutableArray<string> reasons =
        [
            .. document.Type == DocumentType.Unknown ? ["type unknown"] : (string[])[],
            .. missing.Select(name => $"no {name} found"),
            .. document.Anomalies.Select(anomaly => $"{anomaly.Code}: {anomaly.Message}"),
            .. disagreements.Select(Describe),
            .. confidence < ReviewBelow ? ["fields found with little confidence"] : (string[])[],
        ];
        var weighty = document.Type == DocumentType.Unknown || !document.Anomalies.IsEmpty || !disagreements.IsEmpty;
        return new ReviewItem(document.Name, rounded, weighty || rounded < ReviewBelow, reasons);
    }

    private static string Describe(DocumentRelation relation)
        => $"{relation.Relation} {relation.RefersTo}: " + string.Join("; ", relation.Differences.Select(
            difference => $"{difference.Name} {string.Join('/', difference.There)} there, {string.Join('/', difference.Here)} here"));

    private static string[] RequiredFields(string type) => type switch
    {
        DocumentType.Invoice or DocumentType.CreditNote => [FieldName.Number, FieldName.IssueDate, FieldName.Seller],
        DocumentType.PurchaseOrder => [FieldName.Number, FieldName.IssueDate],
        DocumentType.OrderResponse or DocumentType.DespatchAdvice or DocumentType.ReceiptAdvice => [FieldName.Number, FieldName.IssueDate],
        DocumentType.Receipt => [FieldName.Total],
        _ => [],
    };
}
