using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace DocumentAgents.Trade;

/// <summary>Turns the JSON form of UBL (OASIS: every element an array, text under <c>_</c>) into the XML it stands for.</summary>
internal static class UblJson
{
    /// <summary>The root element; null when the JSON is no UBL.</summary>
    public static XElement? ToXml(JsonNode? json)
    {
        if (json is not JsonObject document || document["_D"]?.GetValue<string>() is not { } name
            || !name.Contains(":ubl:", StringComparison.Ordinal))
        {
            return null;
        }

        var (root, content) = document.FirstOrDefault(member => member.Value is JsonArray { Count: 1 });
        if (content is not JsonArray { Count: 1 } array || array[0] is not JsonObject body)
        {
            return null;
        }

        XNamespace space = name;
        var element = new XElement(space + root);
        Fill(element, body, space);
        return element;
    }

    private static void Fill(XElement element, JsonObject content, XNamespace space)
    {
        foreach (var (name, value) in content)
        {
            if (name == "_")
            {
                element.Add(new XText(value?.ToString() ?? ""));
            }
            else if (value is JsonArray children)
            {
                foreach (var child in children.OfType<JsonObject>())
                {
                    var part = new XElement(space + name);
                    Fill(part, child, space);
                    element.Add(part);
                }
            }
            else if (value is JsonValue attribute)
            {
                element.SetAttributeValue(name, attribute.ToString());
            }
        }
    }
}
