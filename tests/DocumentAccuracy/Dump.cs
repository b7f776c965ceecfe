using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Processing;
using DocumentAgents.Reading;

namespace DocumentAccuracy;

/// <summary>Everything found in one file.</summary>
internal static class Dump
{
    public static void Write(ProcessedDocument document)
    {
        Console.WriteLine($"{document.File}: {document.Type} ({document.Confidence:0.00}) {document.Failure}");
        if (document.Decision is { } decision)
        {
            All(decision.Evidence.Select(evidence => $"because {evidence.Reason} at {evidence.Place}"));
            All(decision.Alternatives.Select(alternative => $"or {alternative.Type} with {alternative.Score}"));
        }

        if (document.Extraction is { } extraction)
        {
            All(extraction.Fields.Select(
                field =>
                    $"{field.Section} {field.Name} = {field.Value} ({field.Confidence:0.00}, {field.Place}) {string.Join(" / ", field.Also)}"));
            All(extraction.Lines.Select(Text));
            All(extraction.Failures.Select(failure => $"impossible: {failure.Message} at {failure.Place}"));
            All(extraction.Anomalies.Select(anomaly => $"anomaly {anomaly.Code}: {anomaly.Message} at {anomaly.Place}"));
        }
    }

    public static void WriteLines(string file, byte[] bytes)
    {
        if (DocumentReader.Read(file, bytes, ReadLimits.Default, CancellationToken.None) is ReadResult.Succeeded { Content: var content })
        {
            All(DocumentText.Lines(content).Select(line => $"{line.Place,-20} {line.Text}"));
        }
    }

    private static string Text(LineItem line) =>
        $"line {line.Id}: {line.Quantity} x {line.UnitPrice} = {line.Amount} {string.Join(" / ", line.Items)} [{string.Join(", ", line.Articles)}] ({line.Place})";

    private static void All(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Console.WriteLine("  " + line);
        }
    }
}
