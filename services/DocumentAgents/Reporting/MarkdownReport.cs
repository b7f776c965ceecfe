using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DocumentAgents.CrossValidation;
using DocumentAgents.Facts;

namespace DocumentAgents.Reporting;

/// <summary>The report as a person reads it.</summary>
internal static partial class MarkdownReport
{
    private const int ValueLength = 60;
    private const int ValuesShown = 6;

    private static readonly string[] Headline =
    [
        FieldName.Number, FieldName.IssueDate, FieldName.Seller, FieldName.Buyer, FieldName.Payable, FieldName.Currency, FieldName.Total, FieldName.Name,
    ];

    public static string Write(BatchSummary summary, ImmutableArray<ReportedDocument> documents, ImmutableArray<DocumentRelation> relations, ImmutableArray<ReportedAnomaly> anomalies)
    {
        var text = new StringBuilder("# Batch report\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{summary.Documents} documents, {summary.Failed} not processed, {summary.Anomalies} anomalies, ");
        text.Append(CultureInfo.InvariantCulture, $"{summary.ForReview} for review, average score {summary.AverageScore:0.0}.\n\n");
        Types(text, summary);
        Review(text, documents);
        Anomalies(text, anomalies);
        Relations(text, relations);
        Documents(text, documents);
        return text.ToString();
    }

    private static void Types(StringBuilder text, BatchSummary summary)
    {
        text.Append("| type | documents |\n|---|---|\n");
        foreach (var (type, count) in summary.Types)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {type} | {count} |\n");
        }
    }

    private static void Review(StringBuilder text, ImmutableArray<ReportedDocument> documents)
    {
        text.Append("\n## For review\n\n");
        foreach (var document in documents.Where(document => document.Review.ForReview).OrderBy(document => document.Review.Score))
        {
            text.Append(CultureInfo.InvariantCulture, $"- **{Cell(document.Name)}** (score {document.Review.Score:0.0}): ");
            text.Append(document.Error is { } error ? Cell($"{error.Code}: {error.Message}") : Cell(string.Join("; ", document.Review.Reasons))).Append('\n');
        }
    }

    private static void Anomalies(StringBuilder text, ImmutableArray<ReportedAnomaly> anomalies)
    {
        text.Append("\n## Anomalies\n\n| document | anomaly | what |\n|---|---|---|\n");
        foreach (var anomaly in anomalies)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Cell(anomaly.File)} | {Cell(anomaly.Code)} | {Cell(anomaly.Message)} |\n");
        }
    }

    private static void Relations(StringBuilder text, ImmutableArray<DocumentRelation> relations)
    {
        text.Append("\n## Related documents\n\n| document | relation | to | findings |\n|---|---|---|---|\n");
        foreach (var relation in relations)
        {
            var differences = string.Join("; ", relation.Differences.Select(
                difference => difference.There.SequenceEqual(difference.Here)
                    ? $"{difference.Name.Replace('_', ' ')}: {string.Join('/', difference.Here)}"
                    : $"{difference.Name}: {string.Join('/', difference.There)} → {string.Join('/', difference.Here)}"));
            text.Append(CultureInfo.InvariantCulture, $"| {Cell(relation.File)} | {relation.Relation} | {Cell(relation.RefersTo)} | {Cell(differences)} |\n");
        }
    }

    private static void Documents(StringBuilder text, ImmutableArray<ReportedDocument> documents)
    {
        text.Append("\n## Documents\n\n| document | type | score | found |\n|---|---|---|---|\n");
        foreach (var document in documents)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Cell(document.Name)} | {document.Extracted?.Type ?? "–"} | {document.Review.Score:0.0} | ");
            text.Append(document.Error is { } error ? Cell($"{error.Code}: {error.Message}") : Cell(Found(document))).Append(" |\n");
        }
    }

    /// <summary>What tells the document from others, then whatever else was found, in the order of its type.</summary>
    private static string Found(ReportedDocument document) => string.Join(", ", (document.Extracted?.Fields ?? [])
        .GroupBy(field => field.Name, field => field.Value)
        .OrderBy(field => Array.IndexOf(Headline, field.Key) is var place and >= 0 ? place : Headline.Length)
        .Take(ValuesShown)
        .Select(field => $"{field.Key} {Shortened(string.Join(" / ", field))}"));

    private static string Shortened(string value) => value.Length > ValueLength ? value[..ValueLength] + "…" : value;

    /// <summary>Values come from documents: nothing in them may break the table, be taken for markup or steer a terminal.</summary>
    private static string Cell(string value) => Markup().Replace(Control().Replace(value.ReplaceLineEndings(" "), "\uFFFD"), "\\$0");

    [GeneratedRegex(@"\p{Cc}")]
    private static partial Regex Control();

    [GeneratedRegex(@"[\\`*_{}\[\]()<>#!|&~]")]
    private static partial Regex Markup();
}
