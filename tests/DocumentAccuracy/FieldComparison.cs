using System.Globalization;
using System.Text.Json.Nodes;
using DocumentAgents.Facts;

namespace DocumentAccuracy;

/// <summary>One field of one file: what it should be, what it is, and whether that is the same.</summary>
internal sealed record FieldOutcome(string File, string Type, string Field, string Expected, string Actual, bool Right);

/// <summary>Compares extracted with true fields: amounts as numbers, names by letters and digits, lists as sets.</summary>
internal static class FieldComparison
{
    private static readonly string[] Amounts = ["total", "balance", "payable", "debit", "credit", "value", "prepaid"];

    public static IEnumerable<FieldOutcome> Compare(Label label, Extraction? extraction)
    {
        foreach (var (name, expected) in label.Fields)
        {
            if (expected is null || name.EndsWith("_also", StringComparison.Ordinal) || name == "date_printed")
            {
                continue;
            }

            if (name == "statements")
            {
                foreach (var outcome in Statements(label, expected.AsArray(), extraction))
                {
                    yield return outcome;
                }
            }
            else
            {
                yield return Compare(label, name, expected, Also(label, name), null, extraction);
            }
        }
    }

    private static IEnumerable<FieldOutcome> Statements(Label label, JsonArray statements, Extraction? extraction)
    {
        for (var index = 0; index < statements.Count; index++)
        {
            foreach (var (name, expected) in statements[index]!.AsObject())
            {
                yield return Compare(label, name, expected!, [], $"statements[{index.ToString(CultureInfo.InvariantCulture)}]", extraction);
            }
        }
    }

    private static List<string> Also(Label label, string name) =>
        label.Fields[name + "_also"] is JsonArray others ? [.. others.Select(other => other!.ToString())] : [];

    private static FieldOutcome Compare(
        Label label, string name, JsonNode expected, List<string> also, string? section, Extraction? extraction)
    {
        var actual = extraction?.Fields.Where(field => field.Name == name && field.Section == section).Select(field => field.Value)
            .ToList() ?? [];
        var right = expected is JsonArray list
            ? SameSet([.. list.Select(item => item!.ToString())], actual)
            : actual.Count > 0 && also.Prepend(Text(expected)).Any(wanted => Same(name, wanted, actual[0]));
        return new(label.File, label.Type, section is null
            ? name
            : $"statements.{name}", Text(expected), string.Join(" | ", actual), right);
    }

    private static string Text(JsonNode node) => node is JsonArray list ? string.Join(" | ", list) : node is JsonValue value
        && value.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False
        ? node.ToJsonString()
        : node.ToString();

    private static bool SameSet(List<string> expected, List<string> actual) =>
        expected.Select(Words.Key).ToHashSet().SetEquals(actual.Select(Words.Key));

    private static bool Same(string name, string expected, string actual)
    {
        if (Amounts.Any(word => name.Contains(word, StringComparison.Ordinal)) && Amount.Invariant(expected) is { } wanted)
        {
            return Amount.Invariant(actual) == wanted;
        }

        if (name == "address")
        {
            return SameAddress(expected, actual);
        }

        return Words.Key(expected) == Words.Key(actual);
    }

    // The labels join an address from several lines of which the text has not kept all: what was found must stand in it, and be a good part
    // of it.
    private static bool SameAddress(string expected, string actual)
    {
        var found = Tokens(actual);
        var wanted = Tokens(expected);
        var right = found.Count(wanted.Contains);
        return right >= 0.8 * found.Count && right * 4 >= wanted.Count;
    }

    private static HashSet<string> Tokens(string text) =>
        [.. text.Split([' ', ',', '.', ';'], StringSplitOptions.RemoveEmptyEntries).Select(Words.Key).Where(key => key.Length > 0)];
}
