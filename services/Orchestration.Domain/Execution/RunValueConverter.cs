using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestration.Domain.Execution;

/// <summary>
/// The shortest form that tells the cases apart, because values fill histories: <c>{"v":…}</c> at hand, <c>"hash:size"</c>
/// a blob, <c>[…]</c> a list, <c>{"p":[count,value,…]}</c> a list in parts.
/// </summary>
public sealed class RunValueConverter : JsonConverter<RunValue>
{
    /// <inheritdoc/>
    public override RunValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String => ReadBlob(reader.GetString()!),
            JsonTokenType.StartArray => ReadList(ref reader, options),
            JsonTokenType.StartObject => ReadObject(ref reader, options),
            _ => throw new JsonException($"a run value cannot start with {reader.TokenType}"),
        };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RunValue value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case RunValue.Inline inline:
                writer.WriteStartObject();
                writer.WritePropertyName("v"u8);
                inline.Json.WriteTo(writer);
                writer.WriteEndObject();
                break;
            case RunValue.Blob blob:
                writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{blob.Hash}:{blob.Size}"));
                break;
            case RunValue.List list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(writer, item, options);
                }

                writer.WriteEndArray();
                break;
            case RunValue.Parts parts:
                writer.WriteStartObject();
                writer.WriteStartArray("p"u8);
                foreach (var part in parts.Items)
                {
                    writer.WriteNumberValue(part.Count);
                    Write(writer, part.Values, options);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
        }
    }

    private static RunValue.Blob ReadBlob(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? new RunValue.Blob(text[..colon], size)
            : throw new JsonException("a blob is written hash:size");
    }

    private RunValue.List ReadList(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        var items = ImmutableArray.CreateBuilder<RunValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Read(ref reader, typeof(RunValue), options));
        }

        return new RunValue.List(items.ToImmutable());
    }

    private RunValue ReadObject(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            throw new JsonException("a value in an object is written {\"v\":…} or {\"p\":[…]}");
        }

        var isInline = reader.ValueTextEquals("v"u8);
        if (!isInline && !reader.ValueTextEquals("p"u8))
        {
            throw new JsonException($"a value has no member '{reader.GetString()}'");
        }

        reader.Read();
        RunValue value = isInline ? new RunValue.Inline(JsonElement.ParseValue(ref reader)) : ReadParts(ref reader, options);
        return reader.Read() && reader.TokenType == JsonTokenType.EndObject
            ? value
            : throw new JsonException("a value in an object has one member");
    }

    private RunValue.Parts ReadParts(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        var parts = ImmutableArray.CreateBuilder<RunValue.Part>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var count = reader.GetInt32();
            reader.Read();
            parts.Add(new RunValue.Part(count, Read(ref reader, typeof(RunValue), options)));
        }

        return new RunValue.Parts(parts.ToImmutable());
    }
}
