using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Orchestration.Domain.Plans;

/// <summary>JSON → nodes. Comments and trailing commas are accepted.</summary>
internal ref struct JsonTree
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly DocumentLimits _limits;
    private readonly ProblemList _problems;
    private Utf8JsonReader _reader;
    private int _nodes;

    // The last place asked for; places come in rising order.
    private int _at;
    private Mark _mark = new(1, 1);

    private JsonTree(ReadOnlySpan<byte> bytes, DocumentLimits limits, ProblemList problems)
    {
        _bytes = bytes;
        _limits = limits;
        _problems = problems;
        _reader = new Utf8JsonReader(bytes, new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = limits.MaxDepth + 1,
        });
    }

    internal static DocumentNode Read(string text, DocumentLimits limits, ProblemList problems)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF'));
        var tree = new JsonTree(bytes, limits, problems);
        try
        {
            tree._reader.Read();
            DocumentNode root = tree.ReadNode(1);
            tree._reader.Read();
            return root;
        }
        catch (JsonException problem)
        {
            var at = new Mark((int)(problem.LineNumber ?? 0) + 1, (int)(problem.BytePositionInLine ?? 0) + 1);
            throw new DocumentException(ProblemCode.Syntax, at, FirstSentence(problem.Message));
        }
        catch (InvalidOperationException)
        {
            throw new DocumentException(ProblemCode.Syntax, tree._mark, "a string holds half of a surrogate pair");
        }
    }

    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private DocumentNode ReadNode(int depth)
    {
        Mark start = Here();
        string text = _reader.TokenType == JsonTokenType.String ? _reader.GetString()! : "";
        if (_limits.Exceeded(depth, ++_nodes, text.Length) is { } exceeded)
        {
            throw new DocumentException(ProblemCode.TooLarge, start, exceeded);
        }

        return _reader.TokenType switch
        {
            JsonTokenType.StartObject => new MapNode(start, ReadEntries(depth)),
            JsonTokenType.StartArray => new ListNode(start, ReadItems(depth)),
            JsonTokenType.String => new ScalarNode(start, ScalarKind.Text, text, IsQuoted: true),
            JsonTokenType.Number => new ScalarNode(start, ScalarKind.Number, Encoding.UTF8.GetString(_reader.ValueSpan)),
            JsonTokenType.True => new ScalarNode(start, ScalarKind.Flag, "true"),
            JsonTokenType.False => new ScalarNode(start, ScalarKind.Flag, "false"),
            _ => new ScalarNode(start, ScalarKind.Null, ""),
        };
    }

    private ImmutableArray<DocumentNode> ReadItems(int depth)
    {
        ImmutableArray<DocumentNode>.Builder items = ImmutableArray.CreateBuilder<DocumentNode>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadNode(depth + 1));
        }

        return items.ToImmutable();
    }

    private ImmutableArray<MapEntry> ReadEntries(int depth)
    {
        ImmutableArray<MapEntry>.Builder entries = ImmutableArray.CreateBuilder<MapEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            Mark keyStart = Here();
            string key = _reader.GetString()!;
            _reader.Read();
            DocumentNode value = ReadNode(depth + 1);
            if (seen.Add(key))
            {
                entries.Add(new MapEntry(key, keyStart, value));
            }
            else
            {
                _problems.Add(ProblemCode.DuplicateKey, "", keyStart, $"the key '{key}' appears twice");
            }
        }

        return entries.ToImmutable();
    }

    /// <summary>Line and column of the current token; the column counts UTF-16 characters.</summary>
    private Mark Here()
    {
        int target = (int)_reader.TokenStartIndex;
        ReadOnlySpan<byte> passed = _bytes[_at..target];
        int lines = passed.Count((byte)'\n');
        int lineStart = passed.LastIndexOf((byte)'\n') + 1;
        int characters = Encoding.UTF8.GetCharCount(passed[lineStart..]);
        _mark = lines == 0 ? new Mark(_mark.Line, _mark.Column + characters) : new Mark(_mark.Line + lines, characters + 1);
        _at = target;
        return _mark;
    }
}
