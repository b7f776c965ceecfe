using System.Text;
using DocumentAgents.Facts;
using DocumentAgents.QualityReview;
using static DocumentAgents.Reporting.MarkdownText;
using static System.FormattableString;

namespace DocumentAgents.Reporting;

/// <summary>The report as a person reads it: what needs looking at, then everything in short; programs get the rest.</summary>
internal sealed class MarkdownReport
{
    private const int ValuesShown = 6;

    // A batch gone wrong altogether is not read value by value.
    private const int DocumentsInFull = 100;

    private static readonly string[] Headline =
        [FieldName.Number, FieldName.IssueDate, FieldName.Seller, FieldName.Buyer, .. Amounts, FieldName.Currency, FieldName.Name];

    private readonly StringBuilder text = new();
    private readonly BatchReport report;
    private readonly List<ReportedDocument> forReview;

    private MarkdownReport(BatchReport report)
    {
        this.report = report;
        var worst = report.Anomalies.GroupBy(anomaly => anomaly.File)
            .ToDictionary(file => file.Key, file => file.Min(anomaly => AnomalySeverity.Rank(anomaly.Severity)));
        forReview =
        [
            .. report.Documents.Where(document => document.Review.ForReview)
                .OrderBy(document => worst.GetValueOrDefault(
                    document.Name, AnomalySeverity.Rank(document.Error is null ? AnomalySeverity.Low : AnomalySeverity.Medium)))
                .ThenBy(document => document.Review.Score),
        ];
    }

    // What it comes to: the first of these that a document has; the others only repeat it.
    private static string[] Amounts =>
        [FieldName.Payable, FieldName.GrossTotal, FieldName.Total, FieldName.NetTotal, FieldName.TaxTotal, FieldName.LineExtensionTotal];

    public static string Write(BatchReport report)
    {
        var page = new MarkdownReport(report);
        page.Head();
        page.Review();
        page.Anomalies();
        page.Relations();
        page.Documents();
        page.Values();
        return page.text.ToString();
    }

    private void Head()
    {
        var summary = report.Summary;
        Line("# Batch report\n");
        Line(Invariant($"Written on {report.CreatedAt:yyyy-MM-dd} at {report.CreatedAt:HH:mm} UTC by run {Plain(report.RunId)}")
            + (report.Source.Length == 0 ? ".\n" : $" on the documents of {Plain(report.Source)}.\n"));
        Line($"{summary.Documents} documents, {summary.Failed} not processed, {summary.Anomalies} anomalies, "
            + Invariant($"{summary.ForReview} for review, average score {summary.AverageScore:0.0}."));
        Table("type | documents", summary.Types.Select(type => $"{type.Key} | {type.Value}"));
    }

    private void Review()
    {
        Line($"\n## For review\n\n{QualityScore.Legend}\n");
        foreach (var document in forReview)
        {
            var reasons = document.Error is { } error ? $"{error.Code}: {error.Message}" : string.Join("; ", document.Review.Reasons);
            Line(Invariant($"- **{Plain(document.Name)}** (score {document.Review.Score:0.0}): {Plain(reasons)}"));
        }
    }

    private void Anomalies()
    {
        Line("\n## Anomalies");
        Table("severity | document | anomaly | what", report.Anomalies.Select(anomaly =>
            $"{anomaly.Severity} | {Plain(anomaly.File)} | {Plain(anomaly.Code)} | {Plain(anomaly.Message)}"));
    }

    private void Relations()
    {
        Line("\n## Related documents");
        Table("document | relation | related document | where they disagree", report.Relations.Select(relation =>
            $"{Plain(relation.File)} | {relation.Relation} | {Plain(relation.RefersTo)} | {Plain(relation.Disagreement())}"));
    }

    private void Documents()
    {
        Line("\n## Documents");
        Table("document | type | score | found", report.Documents.Select(document =>
            Invariant($"{Plain(document.Name)} | {document.Extracted?.Type ?? "–"} | {document.Review.Score:0.0} | ")
            + Plain(document.Error is { } error ? $"{error.Code}: {error.Message}" : Found(document))));
    }

    /// <summary>What tells the document from others, then whatever else was found, in the order of its type.</summary>
    private static string Found(ReportedDocument document)
    {
        var fields = (document.Extracted?.Fields ?? []).GroupBy(field => field.Name, field => field.Value).ToList();
        var amount = Amounts.FirstOrDefault(name => fields.Any(field => field.Key == name));
        return string.Join(", ", fields
            .Where(field => field.Key == amount || !Amounts.Contains(field.Key))
            .OrderBy(field => Array.IndexOf(Headline, field.Key) is var place and >= 0 ? place : Headline.Length)
            .Take(ValuesShown)
            .Select(field => $"{field.Key} {Shortened(string.Join(" / ", field))}"));
    }

    private void Values()
    {
        var read = forReview.Where(document => document.Extracted?.Fields.IsEmpty == false).ToList();
        Line("\n## Values of the documents for review");
        foreach (var document in read.Take(DocumentsInFull))
        {
            Line($"\n### {Plain(document.Name)}");
            Table("name | value | place | confidence", document.Extracted!.Fields.Select(field => Invariant(
                $"{field.Name} | {Plain(Shortened(field.Value))} | {Plain(End(field.Place.ToString()))} | {field.Confidence:0.00}")));
        }

        var others = read.Count > DocumentsInFull ? $", also of the other {read.Count - DocumentsInFull} for review" : "";
        Line($"\nThe report in JSON has the values of all documents with their places and confidences{others}.");
    }

    private void Table(string head, IEnumerable<string> rows)
    {
        Line($"\n| {head} |\n|{string.Concat(Enumerable.Repeat("---|", head.Split('|').Length))}");
        foreach (var row in rows)
        {
            text.Append("| ").Append(row).Append(" |\n");
        }
    }

    private void Line(string line) => text.Append(line).Append('\n');
}
