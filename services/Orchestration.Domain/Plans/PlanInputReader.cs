using System.Collections.Immutable;
using System.Text.Json;

namespace Orchestration.Domain.Plans;

/// <summary>
/// Reads the declared inputs: <c>name: type</c>, or <c>name: {type, required, default, description, …}</c>, or a list of names.
/// </summary>
internal static class PlanInputReader
{
    private static readonly string[] SchemaFields =
    [
        "enum", "minimum", "maximum", "minLength", "maxLength", "pattern", "items", "minItems", "maxItems", "properties", "additionalProperties",
        "requiredProperties",
    ];

    internal static ImmutableArray<PlanInput> Read(FieldReader plan)
    {
        if (plan.Take("inputs") is not { } place)
        {
            return [];
        }

        if (place.Node is ListNode)
        {
            return [.. plan.Texts("inputs").Select(name => new PlanInput(((ScalarNode)name.Node).Text, "any", Required: true))];
        }

        return FieldReader.Open(plan.Context, place) is { } inputs
            ? [.. inputs.Entries().Select(entry => ReadInput(inputs, entry.Name, entry.Value)).OfType<PlanInput>()]
            : [];
    }

    private static PlanInput? ReadInput(FieldReader inputs, string name, Place place)
    {
        if (place.Node is ScalarNode { Type: ScalarKind.Text } shortForm)
        {
            return new PlanInput(name, ConstraintReader.CheckType(inputs.Context, place, shortForm.Text), Required: true);
        }

        if (FieldReader.Open(inputs.Context, place) is not { } fields)
        {
            return null;
        }

        string type = fields.Take("type") is { Node: ScalarNode { Type: ScalarKind.Text } written } typePlace
            ? ConstraintReader.CheckType(fields.Context, typePlace, written.Text)
            : "any";
        Template? @default = fields.Template("default");
        bool required = fields.Flag("required") ?? @default is null;
        string description = fields.Text("description") ?? "";
        var input = new PlanInput(name, type, required, @default, description) { Schema = ReadSchema(fields) };
        fields.Finish();
        return input;
    }

    /// <summary>The constraints beyond the type; null when there are none.</summary>
    private static JsonElement? ReadSchema(FieldReader fields)
    {
        ConstraintReader.Check(fields);
        ImmutableArray<MapEntry>.Builder constraints = ImmutableArray.CreateBuilder<MapEntry>();
        foreach (string name in SchemaFields)
        {
            if (fields.Take(name) is { } place)
            {
                // "required" of an input says whether it must be given, so its own required members have another name.
                constraints.Add(new MapEntry(name == "requiredProperties" ? "required" : name, place.Node.Start, place.Node));
            }
        }

        return constraints.Count == 0 ? null : new MapNode(fields.Start, constraints.ToImmutable()).ToJson();
    }
}
