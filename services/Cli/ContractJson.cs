using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Cli;

/// <summary>
/// Messages as JSON: the canonical form, but values that are UTF-8 JSON in bytes stand as what they are instead of base64.
/// </summary>
internal static class ContractJson
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    public static JsonNode Of(IMessage message)
    {
        var json = JsonNode.Parse(Formatter.Format(message))!.AsObject();
        Open(json, message.Descriptor);
        return json;
    }

    private static void Open(JsonObject json, MessageDescriptor descriptor)
    {
        foreach (var field in descriptor.Fields.InDeclarationOrder().Where(field => json[field.JsonName] is not null && !field.IsMap))
        {
            if (field.FieldType == FieldType.Bytes && json[field.JsonName] is JsonValue encoded)
            {
                json[field.JsonName] = Decode(encoded.GetValue<string>());
            }
            else if (field.FieldType == FieldType.Message)
            {
                OpenMessages(json[field.JsonName]!, field.MessageType);
            }
        }
    }

    private static void OpenMessages(JsonNode value, MessageDescriptor descriptor)
    {
        if (value is JsonObject message)
        {
            Open(message, descriptor);
        }
        else if (value is JsonArray messages)
        {
            foreach (var item in messages.OfType<JsonObject>())
            {
                Open(item, descriptor);
            }
        }
    }

    private static JsonNode? Decode(string encoded)
    {
        var bytes = Convert.FromBase64String(encoded);
        try
        {
            return bytes.Length == 0 ? null : JsonNode.Parse(bytes);
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(bytes);
        }
    }
}
