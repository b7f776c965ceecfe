using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Orchestration.Domain.Expressions;

namespace Orchestration.Domain.Tests.Expressions;

/// <summary>The conformance vectors of the expression language, kept outside of the repository.</summary>
internal static class CelVectors
{
    internal static string Folder([CallerFilePath] string source = "")
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", ".."));
        return Path.Combine(
            Environment.GetEnvironmentVariable("ORCHESTRATION_SHARED") ?? Path.Combine(root, "..", "shared"), "data", "cel");
    }

    internal static IEnumerable<JsonElement> Read(string file) =>
        File.ReadLines(file).Where(line => line.Length > 0).Select(line => JsonElement.Parse(line));

    /// <summary>Null when the vector passes, otherwise what came instead.</summary>
    internal static string? Check(JsonElement vector)
    {
        string text = vector.GetProperty("expr").GetString()!;
        var bindings = new Dictionary<string, CelValue>();
        if (vector.TryGetProperty("bindings", out JsonElement given))
        {
            foreach (JsonProperty binding in given.EnumerateObject())
            {
                bindings[binding.Name] = Value(binding.Value);
            }
        }

        CelValue actual = Expression.Parse(text, out ExpressionError? error) is { } expression
            ? expression.Run(new Evaluation(bindings.GetValueOrDefault, qualifiedNames: true))
            : new ErrorValue(error!.Message);
        JsonElement expected = vector.GetProperty("expected");
        bool passes = expected.TryGetProperty("value", out JsonElement value) ? Same(Value(value), actual) : actual is ErrorValue;
        return passes ? null : $"{text}  expected {expected}, got {actual}";
    }

    private static CelValue Value(JsonElement json)
    {
        JsonProperty only = json.EnumerateObject().Single();
        JsonElement value = only.Value;
        return only.Name switch
        {
            "null" => NullValue.Instance,
            "bool" => CelValue.Bool(value.GetBoolean()),
            "string" => new StringValue(value.GetString()!),
            "int" => new IntValue(long.Parse(value.GetString()!, CultureInfo.InvariantCulture)),
            "uint" => new UintValue(ulong.Parse(value.GetString()!, CultureInfo.InvariantCulture)),
            "double" => new DoubleValue(value.ValueKind == JsonValueKind.String
                ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture)
                : value.GetDouble()),
            "bytes" => new BytesValue([.. value.GetBytesFromBase64()]),
            "list" => new ListValue([.. value.EnumerateArray().Select(Value)]),
            "map" => Map(value),
            "duration" => TimeParsing.ToDuration(new StringValue(value.GetString()!))!,
            "timestamp" => TimeParsing.ToTimestamp(new StringValue(value.GetString()!))!,
            "type" => new TypeValue(value.GetString()!),
            _ => throw new ArgumentException(only.Name),
        };
    }

    private static EntriesMap Map(JsonElement entries)
    {
        var map = new OrderedDictionary<CelValue, (CelValue, CelValue)>();
        foreach (JsonElement entry in entries.EnumerateArray())
        {
            Assert.Null(CelMaps.Add(map, Value(entry[0]), Value(entry[1])));
        }

        return new EntriesMap(map);
    }

    private static bool Same(CelValue expected, CelValue actual) => (expected, actual) switch
    {
        (DoubleValue a, DoubleValue b) => a.Value.Equals(b.Value) && double.IsNegative(a.Value) == double.IsNegative(b.Value),
        (ListValue a, ListValue b) => a.Count == b.Count && a.Items.Zip(b.Items).All(pair => Same(pair.First, pair.Second)),
        (MapValue a, MapValue b) => a.Count == b.Count && a.Keys.All(key => b.Find(key) is { } other && Same(a.Find(key)!, other)),
        (BytesValue a, BytesValue b) => a.Value.AsSpan().SequenceEqual(b.Value.AsSpan()),
        _ => expected.Equals(actual),
    };
}
