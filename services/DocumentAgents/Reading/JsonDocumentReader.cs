using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DocumentAgents.Reading;

/// <summary>JSON as RFC 8259 has it: no comments, no trailing commas; a name twice in one object is refused, since two readers could differ
/// about it.</summary>
internal static class JsonDocumentReader
{
    private const int MaxPath = 2_000;
    private const int MaxName = 200;

    public static DocumentContent Read(DocumentSource source)
    {
        var decoded = TextDecoder.Decode(source.Bytes.Span);
        Measure(decoded.Text, source.Limits);
        var root = Parse(decoded.Text, source.Limits);
        var lines = new LineCollector(source);
        try
        {
            Add(root, "$", "value", lines);
        }
        catch (InvalidOperationException e)
        {
            // The parser looks into strings only when they are asked for; half a surrogate pair shows up here.
            throw ReadException.Malformed(e.Message);
        }

        return new()
        {
            Format = DocumentFormat.Json,
            MediaType = "application/json",
            Json = root,
            Lines = lines.Lines,
            Properties = ImmutableDictionary<string, string>.Empty.Add("encoding", decoded.Encoding),
        };
    }

    private static JsonNode? Parse(string text, ReadLimits limits)
    {
        try
        {
            return JsonNode.Parse(text, null, new JsonDocumentOptions { MaxDepth = limits.MaxJsonDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            var place = e.LineNumber is { } line ? Place.Line((int)line + 1, (int)(e.BytePositionInLine ?? 0) + 1) : null;
            throw ReadException.Malformed(e.Message.Split([" Path: ", " LineNumber: "], StringSplitOptions.None)[0], place);
        }
    }

    // Before anything is built, so that depth and number of values cost nothing but looking.
    private static void Measure(string text, ReadLimits limits)
    {
        var depth = 0;
        var values = 0;
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
                continue;
            }

            quoted = c == '"';
            depth += c is '[' or '{' ? 1 : c is ']' or '}' ? -1 : 0;
            values += c is ',' or '[' or '{' ? 1 : 0;
            if (depth > limits.MaxJsonDepth || values > limits.MaxJsonValues)
            {
                throw ReadException.Limit($"nested deeper than {limits.MaxJsonDepth} or more than {limits.MaxJsonValues} values");
            }
        }
    }

    private static void Add(JsonNode? node, string path, string name, LineCollector lines)
    {
        path = path.Length > MaxPath ? path[..MaxPath] : path;
        switch (node)
        {
            case JsonObject properties:
                foreach (var (key, value) in properties)
                {
                    Add(value, path + Step(key), key.Length > MaxName ? key[..MaxName] : key, lines);
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    Add(items[i], $"{path}[{i}]", name, lines);
                }

                break;
            case JsonValue value:
                var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
                lines.Add(new($"{name}: {text}", Place.Json(path)));
                break;
        }
    }

    private static string Step(string key)
    {
        key = key.Length > MaxName ? key[..MaxName] : key;
        return IsPlain(key) ? $".{key}" : $"['{key.Replace("'", "\\'", StringComparison.Ordinal)}']";
    }

    private static bool IsPlain(string key) => key.Length > 0 && key.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '$' or '@');
}
