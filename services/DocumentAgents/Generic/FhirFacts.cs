using System.Globalization;
using System.Text.Json.Nodes;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Generic;

/// <summary>What FHIR resources have in common, and what clinical, claim and form resources are about.</summary>
internal static class FhirFacts
{
    public static Extraction Read(JsonObject resource, string type)
    {
        var fields = new FieldList();
        Add(fields, "resource_type", resource, "resourceType");
        foreach (var name in (string[])["id", "status", "questionnaire", "authored", "created", "use", "title"])
        {
            Add(fields, name, resource, name);
        }

        AddPatient(fields, resource);
        AddObservation(fields, resource);
        foreach (var name in (string[])["subject", "patient", "provider", "insurer"])
        {
            Add(fields, name, resource, name, "reference");
        }

        if (resource["item"] is JsonArray items)
        {
            var leaves = type == DocumentType.Form ? items.Sum(Answers) : items.Count;
            fields.Add("item_count", leaves, Place.Json("$.item"), 0.9);
        }

        CheckDates(fields, resource);
        return fields.ToExtraction(type);
    }

    private static void AddPatient(FieldList fields, JsonObject resource)
    {
        Add(fields, "patient_family", resource, "name", 0, "family");
        Add(fields, "patient_given", resource, "name", 0, "given", 0);
        Add(fields, "birth_date", resource, "birthDate");
        Add(fields, "sex", resource, "gender");
    }

    private static void AddObservation(FieldList fields, JsonObject resource)
    {
        Add(fields, "code", resource, "code", "coding", 0, "code");
        Add(fields, "code_text", resource, "code", "coding", 0, "display");
        Add(fields, "value", resource, "valueQuantity", "value");
        Add(fields, "unit", resource, "valueQuantity", "unit");
    }

    private static int Answers(JsonNode? item) =>
        item is JsonObject group && group["item"] is JsonArray inner ? 1 + inner.Sum(Answers) : 1;

    private static void CheckDates(FieldList fields, JsonObject resource)
    {
        foreach (var name in (string[])["birthDate", "authored", "created"])
        {
            if (resource[name] is JsonValue value && value.ToString() is { Length: >= 10 } text && IsoDate.FromXml(text) is null)
            {
                fields.Impossible($"'{text}' is no date.", Place.Json($"$.{name}"));
            }
        }
    }

    /// <param name="path">Names of members and positions in lists.</param>
    private static void Add(FieldList fields, string name, JsonObject resource, params object[] path)
    {
        JsonNode? node = resource;
        var place = "$";
        foreach (var step in path)
        {
            node = step switch
            {
                string member when node is JsonObject parent => parent[member],
                int index when node is JsonArray list && index < list.Count => list[index],
                _ => null,
            };
            place += step is int position ? $"[{position.ToString(CultureInfo.InvariantCulture)}]" : $".{step}";
        }

        if (node is JsonValue value)
        {
            fields.Add(name, value.ToString(), Place.Json(place), 0.98);
        }
    }
}
