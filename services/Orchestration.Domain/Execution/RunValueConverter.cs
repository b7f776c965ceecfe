using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestration.Domain.Execution;

/// <summary>
/// The shortest form that tells the cases apart, because values fill histories: <c>{"v":…}</c> at hand, <c>"hash:size"</c>
/// a blob, <c>[…]</c> a list.
/// </summary>
public sealed class RunValueConverter : JsonConverter<RunValue>
{
    /// <inheritdoc/>
    public override RunValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String => ReadBlob(reader.GetString()!),
            JsonTokenType.StartArray => ReadList(ref reader, options),
            JsonTokenType.StartObject => ReadInline(ref reader),
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

    private static RunValue.Inline ReadInline(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("v"u8))
        {
            throw new JsonException("a value at hand is written {\"v\":…}");
        }

        reader.Read();
        var json = JsonElement.ParseValue(ref reader);
        return reader.Read() && reader.TokenType == JsonTokenType.EndObject
            ? new RunValue.Inline(json)
            : throw new JsonException("a value at hand has one member");
    }
}
