using System.Text.Json.Nodes;
using DocumentAgents.CrossValidation;
using DocumentAgents.Facts;
using DocumentAgents.Processing;

namespace DocumentAccuracy;

/// <summary>Relations and differences between documents, compared with the known ones.</summary>
/// <param name="Missed">Relations or differences that are there and were not found.</param>
/// <param name="FalseAlarms">Differences reported that are not there, on listed pairs and on pairs nobody listed.</param>
/// <param name="Unlisted">Relations found without a difference that nobody listed; they are no error.</param>
internal sealed record RelationFigures(
    int Expected, int Found, int DifferencesExpected, int DifferencesFound, IReadOnlyList<string> Missed, IReadOnlyList<string> FalseAlarms, IReadOnlyList<string> Unlisted)
{
    public static RelationFigures None { get; } = new(0, 0, 0, 0, [], [], []);

    public bool Passed => Missed.Count == 0 && FalseAlarms.Count == 0;

    /// <summary>Cross-validates all files the relations name as one batch.</summary>
    public static RelationFigures Of(IReadOnlyList<RelationLabel> labels, IReadOnlyDictionary<string, ProcessedDocument> documents)
    {
        var files = labels.SelectMany(label => (string[])[label.File, label.RefersTo]).Distinct().Order(StringComparer.Ordinal);
        var batch = files
            .Where(file => documents.TryGetValue(file, out var document) && document.Extraction is not null)
            .Select(file => new BatchDocument(file, documents[file].Extraction!))
            .ToList();
        var result = CrossValidator.Validate(batch, null, CancellationToken.None);
        var found = result.Relations.ToDictionary(relation => (relation.File, relation.RefersTo, relation.Relation));
        var figures = Compare(labels, found);

        // No set holds an order that was billed beyond its total.
        var overbilled = result.OverbilledOrders.Select(order => $"{order.File}: {order.Message}");
        return figures with { FalseAlarms = [.. figures.FalseAlarms, .. overbilled] };
    }

    private static RelationFigures Compare(
        IReadOnlyList<RelationLabel> labels, Dictionary<(string, string, string), DocumentRelation> found)
    {
        var missed = new List<string>();
        var alarms = new List<string>();
        var right = 0;
        var rightDifferences = 0;
        foreach (var label in labels)
        {
            found.Remove((label.File, label.RefersTo, label.Relation), out var relation);
            if (relation is null)
            {
                missed.Add($"{label.File} {label.Relation} {label.RefersTo}");
            }

            right += relation is null ? 0 : 1;
            var reported = relation?.Differences.ToList() ?? [];
            foreach (var (name, values) in label.Differences)
            {
                var same = reported.FirstOrDefault(difference => difference.Name == name && SameValues(difference, values!));
                rightDifferences += same is null ? 0 : 1;
                if (same is null)
                {
                    missed.Add($"{label.File} {label.Relation} {label.RefersTo}: {name} {values!.ToJsonString()}");
                }
                else
                {
                    reported.Remove(same);
                }
            }

            alarms.AddRange(reported.Select(difference => $"{label.File} {label.Relation} {label.RefersTo}: {Text(difference)}"));
        }

        alarms.AddRange(found.Values.Where(relation => relation.Differences.Length > 0).Select(relation =>
            $"{relation.File} {relation.Relation} {relation.RefersTo} (unlisted): {string.Join(", ", relation.Differences.Select(Text))}"));
        var unlisted = found.Values.Where(relation => relation.Differences.Length == 0)
            .Select(relation => $"{relation.File} {relation.Relation} {relation.RefersTo}");
        return new(labels.Count, right, labels.Sum(label => label.Differences.Count), rightDifferences, missed, alarms, [.. unlisted]);
    }

    private static string Text(Difference difference) =>
        $"{difference.Name} {string.Join('/', difference.There)} -> {string.Join('/', difference.Here)}";

    // [there, here], each a value or a list; a single value when both are the same by nature.
    private static bool SameValues(Difference difference, JsonNode expected) =>
        expected is JsonArray { Count: 2 } pair
            ? Same(difference.There, pair[0]!) && Same(difference.Here, pair[1]!)
            : Same(difference.Here, expected);

    private static bool Same(IEnumerable<string> actual, JsonNode expected)
    {
        var wanted = expected is JsonArray list ? list.Select(item => item!.ToString()).ToList() : [expected.ToString()];
        return actual.Select(Normal).Order(StringComparer.Ordinal).SequenceEqual(wanted.Select(Normal).Order(StringComparer.Ordinal));
    }

    private static string Normal(string value) => Amount.Invariant(value) is { } number
        ? Amount.Text(number / 1.0000000000m)
        : Words.Key(value);
}
