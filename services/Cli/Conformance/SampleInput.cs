using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cli.Conformance;

/// <summary>Inputs made from a JSON Schema: the smallest that fits, and one that does not.</summary>
internal static class SampleInput
{
    private const int MaxDepth = 16;

    public static string For(string schema)
    {
        try
        {
            using var document = JsonDocument.Parse(schema);
            return (Make(document.RootElement, document.RootElement, 0) ?? JsonValue.Create((string?)null))?.ToJsonString() ?? "null";
        }
        catch (JsonException)
        {
            return "{}";
        }
    }

    /// <summary>Null when the schema accepts everything.</summary>
    public static string? Misfit(string schema)
    {
        try
        {
            using var document = JsonDocument.Parse(schema);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("type", out _))
            {
                return null;
            }

            var types = TypesOf(document.RootElement);
            return !types.Contains("string") ? "\"misfit\"" : !types.Contains("boolean") ? "true" : !types.Contains("array") ? "[]" : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode? Make(JsonElement root, JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth)
        {
            return new JsonObject();
        }

        if (schema.TryGetProperty("const", out var only))
        {
            return JsonNode.Parse(only.GetRawText());
        }

        if (schema.TryGetProperty("enum", out var choices) && choices.GetArrayLength() > 0)
        {
            return JsonNode.Parse(choices[0].GetRawText());
        }

        if (schema.TryGetProperty("anyOf", out var any) && any.GetArrayLength() > 0)
        {
            return Make(root, any[0], depth + 1);
        }

        return schema.TryGetProperty("$ref", out var reference)
            ? Make(root, Resolve(root, reference.GetString()!), depth + 1)
            : OfType(root, schema, depth);
    }

    private static JsonNode? OfType(JsonElement root, JsonElement schema, int depth) => TypesOf(schema).FirstOrDefault("object") switch
    {
        "string" => schema.TryGetProperty("format", out var format) ? Formatted(format.GetString()) : "sample",
        "integer" or "number" => schema.TryGetProperty("minimum", out var least) ? JsonNode.Parse(least.GetRawText()) : 1,
        "boolean" => false,
        "null" => null,
        "array" => new JsonArray(),
        _ => Object(root, schema, depth),
    };

    private static JsonObject Object(JsonElement root, JsonElement schema, int depth)
    {
        var made = new JsonObject();
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(r => r.GetString()!))
            {
                made[name] = schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out var property)
                    ? Make(root, property, depth + 1)
                    : "sample";
            }
        }

        return made;
    }

    private static string Formatted(string? format) => format switch
    {
        "date-time" => "2026-01-02T03:04:05Z",
        "date" => "2026-01-02",
        "time" => "03:04:05",
        "uuid" => "00000000-0000-4000-8000-000000000001",
        "uri" => "https://example.org/",
        "email" => "sample@example.org",
        _ => "sample",
    };

    private static List<string> TypesOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)]
        : [type.GetString()!];

    private static JsonElement Resolve(JsonElement root, string reference)
    {
        var target = root;
        foreach (var part in reference.Split('/').Skip(1))
        {
            if (target.ValueKind != JsonValueKind.Object || !target.TryGetProperty(
                part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal), out target))
            {
                return default;
            }
        }

        return target;
    }
}
