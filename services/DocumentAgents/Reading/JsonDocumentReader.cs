using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DocumentAgents.Reading;

/// <summary>JSON as RFC 8259 has it: no comments, no trailing commas; a name twice in one object is refused, since two readers could differ about it.</summary>
internal static class JsonDocumentReader
{
    public static DocumentContent Read(DocumentSource source)
    {
        var decoded = TextDecoder.Decode(source.Bytes.Span);
        RefuseDepth(decoded.Text, source.Limits.MaxJsonDepth);
        var root = Parse(decoded.Text, source.Limits);
        var lines = ImmutableArray.CreateBuilder<TextLine>();
        try
        {
            Add(root, "$", "value", lines, source);
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
            Lines = lines.ToImmutable(),
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
            throw ReadException.Malformed(e.Message, place);
        }
    }

    private static void RefuseDepth(string text, int limit)
    {
        var depth = 0;
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
            if (depth > limit)
            {
                throw ReadException.Limit($"nested deeper than {limit}");
            }
        }
    }

    private static void Add(JsonNode? node, string path, string name, ImmutableArray<TextLine>.Builder lines, DocumentSource source)
    {
        switch (node)
        {
            case JsonObject properties:
                foreach (var (key, value) in properties)
                {
                    Add(value, IsPlain(key) ? $"{path}.{key}" : $"{path}['{key.Replace("'", "\\'", StringComparison.Ordinal)}']", key, lines, source);
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    Add(items[i], $"{path}[{i}]", name, lines, source);
                }

                break;
            case JsonValue value:
                AddLeaf(value, path, name, lines, source);
                break;
        }
    }

    private static void AddLeaf(JsonValue value, string path, string name, ImmutableArray<TextLine>.Builder lines, DocumentSource source)
    {
        if (lines.Count >= source.Limits.MaxLines)
        {
            throw ReadException.Limit($"more than {source.Limits.MaxLines} values");
        }

        if (lines.Count % 4096 == 0)
        {
            source.Cancellation.ThrowIfCancellationRequested();
        }

        var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        lines.Add(new($"{name}: {text}", Place.Json(path)));
    }

    private static bool IsPlain(string key) => key.Length > 0 && key.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '$' or '@');
}
