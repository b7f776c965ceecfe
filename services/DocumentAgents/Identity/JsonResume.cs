using System.Globalization;
using System.Text.Json.Nodes;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Identity;

/// <summary>The schemas JSON Resume and FRESH.</summary>
internal static class JsonResume
{
    private static readonly (string Name, string[] Paths)[] Members =
    [
        (FieldName.Name, ["basics.name", "name"]),
        ("label", ["basics.label", "info.label", "label"]),
        ("email", ["basics.email", "contact.email", "email"]),
        ("phone", ["basics.phone", "contact.phone", "phone"]),
        ("city", ["basics.location.city", "location.city", "city"]),
        ("country_code", ["basics.location.countryCode", "location.countryCode", "location.country", "country"]),
    ];

    private static readonly (string Name, string[] Lists, string[] Members)[] Lists =
    [
        ("employers", ["work", "employment.history", "employment", "experience"], ["name", "company", "employer", "organization"]),
        ("institutions", ["education", "education.history"], ["institution", "school", "name"]),
    ];

    public static void Read(FieldList fields, JsonObject document)
    {
        foreach (var (name, paths) in Members)
        {
            var path = Array.Find(paths, candidate => Find(document, candidate) is JsonValue);
            if (path is not null)
            {
                fields.Add(name, Find(document, path)!.ToString(), Place.Json("$." + path), 0.98);
            }
        }

        foreach (var (name, lists, members) in Lists)
        {
            var path = Array.Find(lists, candidate => Find(document, candidate) is JsonArray);
            if (path is not null)
            {
                AddList(fields, name, (JsonArray)Find(document, path)!, path, members);
            }
        }
    }

    private static void AddList(FieldList fields, string name, JsonArray list, string path, string[] members)
    {
        for (var index = 0; index < list.Count; index++)
        {
            if (list[index] is JsonObject item && members.Select(member => item[member]).OfType<JsonValue>().FirstOrDefault() is { } value
                && !fields.HasValue(name, value.ToString()))
            {
                fields.Add(name, value.ToString(), Place.Json($"$.{path}[{index.ToString(CultureInfo.InvariantCulture)}]"), 0.97);
            }
        }
    }

    private static JsonNode? Find(JsonObject document, string path)
    {
        JsonNode? node = document;
        foreach (var member in path.Split('.'))
        {
            node = node is JsonObject parent ? parent[member] : null;
        }

        return node;
    }
}
