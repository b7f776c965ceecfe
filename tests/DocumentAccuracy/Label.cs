using System.Text.Json.Nodes;
using DocumentAgents.Reading;

namespace DocumentAccuracy;

/// <summary>What is known to be true about one file.</summary>
internal sealed record Label(string File, string Type, JsonObject Fields, IReadOnlyList<string> ExpectedErrors)
{
    /// <summary>Whether the file has to be processed; otherwise it has to be refused.</summary>
    public bool MustSucceed => ExpectedErrors.Count == 0;

    public static IReadOnlyList<Label> Read(string folder) =>
        [.. Csv.Rows(Path.Combine(folder, "labels.csv")).Select(row => new Label(
            row["file"],
            row["type"],
            JsonNode.Parse(row["fields"] is { Length: > 0 } fields ? fields : "{}")!.AsObject(),
            row["expected_error"].Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))];
}

/// <summary>One relation that is known to hold between two files.</summary>
internal sealed record RelationLabel(string File, string RefersTo, string Relation, string Origin, JsonObject Differences)
{
    public static IReadOnlyList<RelationLabel> Read(string folder)
    {
        var path = Path.Combine(folder, "relations.csv");
        return !System.IO.File.Exists(path)
            ? []
            : [.. Csv.Rows(path).Select(row => new RelationLabel(
                row["file"],
                row["refers_to"],
                row["relation"],
                row["origin"],
                JsonNode.Parse(row["differences"] is { Length: > 0 } differences ? differences : "{}")!.AsObject()))];
    }
}

internal static class Csv
{
    public static IEnumerable<Dictionary<string, string>> Rows(string path)
    {
        var bytes = System.IO.File.ReadAllBytes(path);
        if (DocumentReader.Read("rows.csv", bytes, ReadLimits.Default, CancellationToken.None) is not ReadResult.Succeeded
            { Content.Tables: [var table] })
        {
            throw new InvalidDataException($"{path} is no table.");
        }

        var header = table.Rows[0];
        for (var row = 1; row < table.Rows.Length; row++)
        {
            var index = row;
            yield return Enumerable.Range(0, header.Length).ToDictionary(column => header[column], column => table.Cell(index, column));
        }
    }
}
