using System.Globalization;
using System.Text.Json;

namespace Orchestration.AgentHost.Schemas;

/// <summary>Checks values against the part of JSON Schema that records produce: type, enum, const, properties, required,
/// additionalProperties, items, anyOf and local references.</summary>
internal sealed class SchemaCheck(JsonElement root)
{
    private const int MaxProblems = 20;

    private readonly List<string> problems = [];

    public IReadOnlyList<string> Check(JsonElement value)
    {
        Check(root, value, "$");
        return problems;
    }

    private void Check(JsonElement schema, JsonElement value, string path)
    {
        if (problems.Count >= MaxProblems || schema.ValueKind != JsonValueKind.Object)
        {
            if (schema.ValueKind == JsonValueKind.False)
            {
                Add(path, "is not expected");
            }

            return;
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            Check(Resolve(reference.GetString()!), value, path);
        }
        else if (CheckType(schema, value, path))
        {
            CheckChoice(schema, value, path);
            CheckObject(schema, value, path);
            CheckItems(schema, value, path);
        }
    }

    private bool CheckType(JsonElement schema, JsonElement value, string path)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return true;
        }

        var names = type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Select(t => t.GetString()!).ToList()
            : [type.GetString()!];
        if (names.Exists(name => IsOfType(name, value)))
        {
            return true;
        }

        Add(path, $"must be {string.Join(" or ", names)}");
        return false;
    }

    private static bool IsOfType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => true,
    };

    private void CheckChoice(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("enum", out var choices)
            && !choices.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value)))
        {
            Add(path, $"must be one of {choices.GetRawText()}");
        }

        if (schema.TryGetProperty("const", out var only) && !JsonElement.DeepEquals(only, value))
        {
            Add(path, $"must be {only.GetRawText()}");
        }

        if (schema.TryGetProperty("anyOf", out var any)
            && !any.EnumerateArray().Any(branch => new SchemaCheck(root).Fits(branch, value)))
        {
            Add(path, "has none of the forms it may have");
        }
    }

    private bool Fits(JsonElement schema, JsonElement value)
    {
        Check(schema, value, "$");
        return problems.Count == 0;
    }

    private void CheckObject(JsonElement schema, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(r => r.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
            {
                Add($"{path}.{name}", "is missing");
            }
        }

        var known = schema.TryGetProperty("properties", out var properties);
        var others = schema.TryGetProperty("additionalProperties", out var additional);
        foreach (var member in value.EnumerateObject())
        {
            if (known && properties.TryGetProperty(member.Name, out var inner))
            {
                Check(inner, member.Value, $"{path}.{member.Name}");
            }
            else if (others)
            {
                Check(additional, member.Value, $"{path}.{member.Name}");
            }
        }
    }

    private void CheckItems(JsonElement schema, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Array || !schema.TryGetProperty("items", out var items))
        {
            return;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            Check(items, item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"));
        }
    }

    private JsonElement Resolve(string reference)
    {
        var target = root;
        foreach (var part in reference.Split('/').Skip(1))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            target = target.ValueKind == JsonValueKind.Array
                ? target[int.Parse(name, CultureInfo.InvariantCulture)]
                : target.GetProperty(name);
        }

        return target;
    }

    private void Add(string path, string problem) => problems.Add($"{path} {problem}");
}
