using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Orchestration.Domain.Expressions;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Planning;

/// <summary>Where and how a value does not match its schema.</summary>
/// <param name="Path">Where in the value, for example <c>.lines[0].amount</c>; empty for the value itself.</param>
/// <param name="Message">What is wrong.</param>
public sealed record SchemaProblem(string Path, string Message);

/// <summary>
/// Checks values against the part of JSON Schema that agents use: type, enum, const, required, properties, additionalProperties, items,
/// minItems, maxItems, minimum, maximum, minLength, maxLength, pattern, anyOf. Other keywords are ignored, so that a schema
/// is never stricter here than it says.
/// </summary>
public sealed class JsonSchema
{
    private const int MaxDepth = 64;
    private const int MaxProblems = 100;

    private readonly bool _skipExpressions;
    private readonly List<SchemaProblem> _problems = [];

    private JsonSchema(bool skipExpressions) => _skipExpressions = skipExpressions;

    /// <summary>Everything wrong with a value, at most 100 problems.</summary>
    public static ImmutableArray<SchemaProblem> Check(JsonElement schema, JsonElement value) =>
        Check(schema, value, skipExpressions: false);

    /// <summary>The same for a value as a plan writes it: strings with expressions match everything.</summary>
    public static ImmutableArray<SchemaProblem> Check(JsonElement schema, Template value) =>
        Check(schema, value.Json, skipExpressions: true);

    /// <summary>True when a value is of a JSON type: string, number, integer, boolean, object, array, null or any.</summary>
    public static bool IsType(JsonElement value, string type) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && (value.TryGetInt64(out _) || double.IsInteger(value.GetDouble())),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => true,
    };

    private static ImmutableArray<SchemaProblem> Check(JsonElement schema, JsonElement value, bool skipExpressions)
    {
        var check = new JsonSchema(skipExpressions);
        check.Visit(schema, value, "", 0);
        return [.. check._problems];
    }

    private void Visit(JsonElement schema, JsonElement value, string path, int depth)
    {
        if (depth > MaxDepth || _problems.Count >= MaxProblems || IsExpression(value))
        {
            return;
        }

        if (schema.ValueKind == JsonValueKind.False)
        {
            Add(path, "no value is allowed here");
        }

        if (schema.ValueKind != JsonValueKind.Object || !CheckType(schema, value, path))
        {
            return;
        }

        CheckValues(schema, value, path);
        CheckAnyOf(schema, value, path, depth);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(schema, value, path, depth);
                break;
            case JsonValueKind.Array:
                CheckArray(schema, value, path, depth);
                break;
            case JsonValueKind.String:
                CheckText(schema, value.GetString()!, path);
                break;
            case JsonValueKind.Number:
                CheckNumber(schema, value.GetDouble(), path);
                break;
            default:
                break;
        }
    }

    private bool IsExpression(JsonElement value) =>
        _skipExpressions && value.ValueKind == JsonValueKind.String && value.GetString()!.Contains("${{", StringComparison.Ordinal);

    private bool CheckType(JsonElement schema, JsonElement value, string path)
    {
        if (!schema.TryGetProperty("type", out JsonElement type))
        {
            return true;
        }

        string[] types = type.ValueKind == JsonValueKind.Array
            ? [.. type.EnumerateArray().Select(item => item.ToString())]
            : [type.ToString()];
        bool matches = types.Any(name => IsType(value, name));
        if (!matches)
        {
            Add(path, $"{string.Join(" or ", types)} is expected, found {Name(value.ValueKind)}");
        }

        return matches;
    }

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private void CheckValues(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("enum", out JsonElement choices)
            && choices.ValueKind == JsonValueKind.Array
            && !choices.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value)))
        {
            string[] names = [.. choices.EnumerateArray().Take(20).Select(choice => choice.ToString())];
            string suggestion = value.ValueKind == JsonValueKind.String ? Suggest(value.GetString()!, names) : "";
            Add(path, $"{Short(value)} is not one of {string.Join(", ", names)}{suggestion}");
        }

        if (schema.TryGetProperty("const", out JsonElement only) && !JsonElement.DeepEquals(only, value))
        {
            Add(path, $"{only.GetRawText()} is expected");
        }
    }

    private static string Short(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length > 60 ? text[..60] + "…" : text;
    }

    private void CheckAnyOf(JsonElement schema, JsonElement value, string path, int depth)
    {
        if (!schema.TryGetProperty("anyOf", out JsonElement choices) || choices.ValueKind != JsonValueKind.Array || depth > 16)
        {
            return;
        }

        bool matches = choices.EnumerateArray().Any(choice => Check(choice, value, _skipExpressions).IsEmpty);
        if (!matches)
        {
            Add(path, "the value matches none of the alternatives");
        }
    }

    private void CheckObject(JsonElement schema, JsonElement value, string path, int depth)
    {
        if (schema.TryGetProperty("required", out JsonElement required) && required.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement name in required.EnumerateArray().Where(name => !value.TryGetProperty(name.ToString(), out _)))
            {
                Add(path, $"'{name}' is missing");
            }
        }

        bool hasProperties = schema.TryGetProperty("properties", out JsonElement properties)
            && properties.ValueKind == JsonValueKind.Object;
        bool hasOther = schema.TryGetProperty("additionalProperties", out JsonElement other);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            string memberPath = path + DocumentPath.Member(member.Name);
            if (hasProperties && properties.TryGetProperty(member.Name, out JsonElement known))
            {
                Visit(known, member.Value, memberPath, depth + 1);
            }
            else if (hasOther && other.ValueKind == JsonValueKind.False)
            {
                string suggestion = hasProperties
                    ? Suggest(member.Name, properties.EnumerateObject().Select(property => property.Name))
                    : "";
                Add(memberPath, $"unknown field '{member.Name}'{suggestion}");
            }
            else if (hasOther)
            {
                Visit(other, member.Value, memberPath, depth + 1);
            }
        }
    }

    private void CheckArray(JsonElement schema, JsonElement value, string path, int depth)
    {
        CheckRange(schema, "minItems", "maxItems", value.GetArrayLength(), path, "items");
        if (!schema.TryGetProperty("items", out JsonElement items))
        {
            return;
        }

        foreach ((int i, JsonElement item) in value.EnumerateArray().Index())
        {
            Visit(items, item, path + DocumentPath.Index(i), depth + 1);
        }
    }

    private void CheckText(JsonElement schema, string text, string path)
    {
        CheckRange(schema, "minLength", "maxLength", text.Length, path, "characters");
        if (schema.TryGetProperty("pattern", out JsonElement pattern)
            && pattern.ValueKind == JsonValueKind.String
            && RegexPattern.Compile(pattern.GetString()!).IsMatch(text) is BoolValue { Value: false })
        {
            Add(path, $"the text does not match {pattern.GetString()}");
        }
    }

    private void CheckNumber(JsonElement schema, double number, string path) => CheckRange(schema, "minimum", "maximum", number, path, "");

    private void CheckRange(JsonElement schema, string minName, string maxName, double actual, string path, string unit)
    {
        if (Limit(schema, minName) is { } min && actual < min)
        {
            Add(path, string.Create(CultureInfo.InvariantCulture, $"at least {min} {unit}").TrimEnd() + " expected");
        }

        if (Limit(schema, maxName) is { } max && actual > max)
        {
            Add(path, string.Create(CultureInfo.InvariantCulture, $"at most {max} {unit}").TrimEnd() + " expected");
        }
    }

    private static double? Limit(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out JsonElement limit) && limit.ValueKind == JsonValueKind.Number ? limit.GetDouble() : null;

    private string Suggest(string name, IEnumerable<string> candidates) => _problems.Count < 10 ? Suggestion.For(name, candidates) : "";

    private void Add(string path, string message)
    {
        if (_problems.Count < MaxProblems)
        {
            _problems.Add(new SchemaProblem(path, message));
        }
    }
}
