using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orchestration.Domain.Expressions;

/// <summary>Between JSON and the values of the expression language.</summary>
internal static class CelJson
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static CelValue Read(JsonElement? element) => element is { } value ? Read(value) : NullValue.Instance;

    /// <summary>A number without fraction or exponent is an int (a uint above the range of int); any other is a double.</summary>
    internal static CelValue Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new JsonMap(element),
        JsonValueKind.Array => new ListValue(element),
        JsonValueKind.String => new StringValue(element.GetString()!),
        JsonValueKind.Number => ReadNumber(element),
        JsonValueKind.True => BoolValue.True,
        JsonValueKind.False => BoolValue.False,
        _ => NullValue.Instance,
    };

    internal static JsonElement ToElement(CelValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = NewWriter(buffer))
        {
            Write(writer, value);
        }

        return Parse(buffer.WrittenSpan);
    }

    internal static JsonElement Parse(ReadOnlySpan<byte> json) => JsonElement.Parse(json, Deep);

    internal static Utf8JsonWriter NewWriter(IBufferWriter<byte> buffer) => new(buffer, Compact);

    internal static void Write(Utf8JsonWriter writer, CelValue value)
    {
        switch (value)
        {
            case JsonMap map:
                map.Source.WriteTo(writer);
                break;
            case MapValue map:
                WriteMap(writer, map);
                break;
            case ListValue list:
                WriteList(writer, list);
                break;
            default:
                WriteScalar(writer, value);
                break;
        }
    }

    /// <summary>
    /// The text inserted for an expression inside a longer string: strings as they are, null as nothing, structures as JSON.
    /// </summary>
    internal static string ToText(CelValue value) => value switch
    {
        StringValue text => text.Value,
        NullValue => "",
        MapValue or ListValue => ToElement(value).GetRawText(),
        BytesValue bytes => Convert.ToBase64String(bytes.Value.AsSpan()),
        TypeValue type => type.Name,
        _ => (Conversions.ToStringValue(value) as StringValue)?.Value ?? "",
    };

    private static CelValue ReadNumber(JsonElement element)
    {
        if (element.TryGetInt64(out long integer))
        {
            return new IntValue(integer);
        }

        return element.TryGetUInt64(out ulong natural) ? new UintValue(natural) : new DoubleValue(element.GetDouble());
    }

    private static void WriteMap(Utf8JsonWriter writer, MapValue map)
    {
        writer.WriteStartObject();
        foreach (CelValue key in map.Keys)
        {
            writer.WritePropertyName(ToText(key));
            Write(writer, map.Find(key) ?? NullValue.Instance);
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, ListValue list)
    {
        if (list.Source is { } source)
        {
            source.WriteTo(writer);
            return;
        }

        writer.WriteStartArray();
        foreach (CelValue item in list.Items)
        {
            Write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteScalar(Utf8JsonWriter writer, CelValue value)
    {
        switch (value)
        {
            case NullValue:
                writer.WriteNullValue();
                break;
            case BoolValue flag:
                writer.WriteBooleanValue(flag.Value);
                break;
            case IntValue integer:
                writer.WriteNumberValue(integer.Value);
                break;
            case UintValue natural:
                writer.WriteNumberValue(natural.Value);
                break;
            case DoubleValue { Value: var number } when double.IsFinite(number):
                writer.WriteRawValue(number.ToString("R", CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteStringValue(ToText(value));
                break;
        }
    }
}
