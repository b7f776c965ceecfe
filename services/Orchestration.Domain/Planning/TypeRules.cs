using System.Collections.Immutable;
using System.Text.Json;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Planning;

/// <summary>
/// Conditions are true or false, and what is repeated over is a list: reported where the types that the plan declares say otherwise.
/// </summary>
internal static class TypeRules
{
    internal static void EntriesHaveTheirTypes(PlanCheck check)
    {
        for (int i = 0; i < check.Plan.Steps.Length; i++)
        {
            string part = check.Step(i);
            foreach (StepExpression expression in StepExpressions.Of(check.Plan.Steps[i], part)
                .Where(one => one.Place == ExpressionPlace.Entry))
            {
                (string wanted, string message) = expression.Part == $"{part}.when"
                    ? ("bool", "a condition is true or false")
                    : ("list", "forEach repeats over a list");
                if (expression.Parsed?.TypeWith((root, members) => Declared(check.Plan, root, members)) is { } type && type != wanted)
                {
                    check.Report(ProblemCode.WrongType, expression, 0, $"{message}, and this is always {Words(type)}");
                }
            }
        }
    }

    private static string? Declared(Plan plan, string root, ImmutableArray<string?> members) => (root, members) switch
    {
        ("inputs", []) => "map",
        ("inputs", [{ } name, .. var rest]) when plan.Inputs.FirstOrDefault(input => input.Name == name) is { } input =>
            OfInput(input, rest),
        ("steps", [not null, "state"]) or ("run", ["id"]) => "string",
        _ => null,
    };

    private static string? OfInput(PlanInput input, ImmutableArray<string?> members)
    {
        (string? type, JsonElement? schema) = (input.Type, input.Schema);
        foreach (string? member in members)
        {
            schema = (type, member) switch
            {
                ("object", not null) => Below(schema, "properties") is { } properties ? Below(properties, member) : null,
                ("array", null) => Below(schema, "items"),
                _ => null,
            };
            type = Below(schema, "type") is { ValueKind: JsonValueKind.String } named ? named.GetString() : null;
        }

        return type switch
        {
            "string" => "string",
            "number" or "integer" => "double",
            "boolean" => "bool",
            "object" => "map",
            "array" => "list",
            _ => null,
        };
    }

    private static JsonElement? Below(JsonElement? schema, string name) =>
        schema is { ValueKind: JsonValueKind.Object } some && some.TryGetProperty(name, out JsonElement found) ? found : null;

    private static string Words(string type) => type switch
    {
        "int" or "uint" or "double" => "a number",
        "bool" => "true or false",
        "map" => "an object",
        "null_type" => "null",
        "google.protobuf.Timestamp" => "a time",
        "google.protobuf.Duration" => "a duration",
        _ => $"a {type}",
    };
}
