using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Orchestration.Domain.Expressions;

namespace Orchestration.Domain.Plans;

/// <summary>A place in a text, both from 1; zero where there is no text.</summary>
internal readonly record struct Mark(int Line, int Column);

/// <summary>A document as read, with the place of every node: a closed family.</summary>
internal abstract record DocumentNode(Mark Start)
{
    internal abstract string Kind { get; }

    internal JsonElement ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (Utf8JsonWriter writer = CelJson.NewWriter(buffer))
        {
            Write(writer);
        }

        return CelJson.Parse(buffer.WrittenSpan);
    }

    internal abstract void Write(Utf8JsonWriter writer);
}

internal enum ScalarKind
{
    Null,
    Flag,
    Number,
    Text,
}

/// <summary>A scalar; <paramref name="Text"/> is a valid JSON number for a number.</summary>
internal sealed record ScalarNode(Mark Start, ScalarKind Type, string Text, bool IsQuoted = false) : DocumentNode(Start)
{
    internal override string Kind => Type switch
    {
        ScalarKind.Null => "null",
        ScalarKind.Flag => "a boolean",
        ScalarKind.Number => "a number",
        _ => "a string",
    };

    internal override void Write(Utf8JsonWriter writer)
    {
        switch (Type)
        {
            case ScalarKind.Null:
                writer.WriteNullValue();
                break;
            case ScalarKind.Flag:
                writer.WriteBooleanValue(Text == "true");
                break;
            case ScalarKind.Number:
                writer.WriteRawValue(Text);
                break;
            default:
                writer.WriteStringValue(Text);
                break;
        }
    }
}

internal sealed record ListNode(Mark Start, ImmutableArray<DocumentNode> Items) : DocumentNode(Start)
{
    internal override string Kind => "a list";

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (DocumentNode item in Items)
        {
            item.Write(writer);
        }

        writer.WriteEndArray();
    }
}

/// <summary>An entry of a mapping and the place of its key.</summary>
internal readonly record struct MapEntry(string Key, Mark KeyStart, DocumentNode Value);

internal sealed record MapNode(Mark Start, ImmutableArray<MapEntry> Entries) : DocumentNode(Start)
{
    internal override string Kind => "a mapping";

    internal DocumentNode? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key).Value;

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (MapEntry entry in Entries)
        {
            writer.WritePropertyName(entry.Key);
            entry.Value.Write(writer);
        }

        writer.WriteEndObject();
    }
}
