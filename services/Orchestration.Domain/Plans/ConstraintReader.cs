using System.Globalization;
using Orchestration.Domain.Expressions;

namespace Orchestration.Domain.Plans;

/// <summary>Reads the constraints of an input, so that one that cannot hold is refused and not ignored when a run begins.</summary>
internal static class ConstraintReader
{
    internal static readonly string[] Types = ["string", "number", "integer", "boolean", "object", "array", "any"];

    internal static string CheckType(ReadingContext context, Place place, string type)
    {
        if (!Types.Contains(type))
        {
            string message = $"'{type}' is not one of {string.Join(", ", Types)}{context.Problems.Suggest(type, Types)}";
            context.Problems.Add(ProblemCode.BadValue, place.Path, place.Node.Start, message);
        }

        return type;
    }

    internal static void Check(FieldReader schema)
    {
        if (schema.Take("enum") is { Node: not ListNode { Items.IsEmpty: false } } choices)
        {
            schema.Wrong<string>(choices, "a list of the values that are allowed");
        }

        CheckRange(schema, "minimum", "maximum", name => Number(schema, name));
        CheckRange(schema, "minLength", "maxLength", name => schema.Integer(name, 0, int.MaxValue));
        CheckRange(schema, "minItems", "maxItems", name => schema.Integer(name, 0, int.MaxValue));
        if (schema.Text("pattern") is { } pattern && RegexPattern.Compile(pattern).Error is { } error)
        {
            schema.Report(ProblemCode.BadValue, "pattern", error.Message);
        }

        CheckParts(schema);
    }

    private static void CheckParts(FieldReader schema)
    {
        if (schema.Take("items") is { } items)
        {
            CheckNested(schema.Context, items);
        }

        if (schema.Take("additionalProperties") is { Node: not ScalarNode { Type: ScalarKind.Flag } } others)
        {
            CheckNested(schema.Context, others);
        }

        foreach ((_, _, Place property) in schema.Map("properties")?.Entries() ?? [])
        {
            CheckNested(schema.Context, property);
        }

        CheckNames(schema, "requiredProperties");
    }

    private static void CheckNames(FieldReader schema, string field)
    {
        if (schema.Take(field) is { Node: not ListNode } place)
        {
            schema.Wrong<string>(place, "a list of names");
            return;
        }

        schema.Texts(field);
    }

    private static double? Number(FieldReader schema, string name)
    {
        if (schema.Take(name) is { Node: not ScalarNode { Type: ScalarKind.Number } } place)
        {
            schema.Wrong<string>(place, "a number");
            return null;
        }

        return schema.Number(name, double.MinValue, double.MaxValue);
    }

    // Here the names are JSON Schema's: what it knows beyond ours is ignored, as agents' schemas are.
    private static void CheckNested(ReadingContext context, Place place)
    {
        if (FieldReader.Open(context, place) is not { } schema)
        {
            return;
        }

        if (schema.Take("type") is { Node: ScalarNode { Type: ScalarKind.Text, Text: not "null" } written } type)
        {
            CheckType(context, type, written.Text);
        }

        Check(schema);
        CheckNames(schema, "required");
    }

    private static void CheckRange<T>(FieldReader schema, string least, string most, Func<string, T?> read)
        where T : struct, IComparable<T>
    {
        var (from, to) = (read(least), read(most));
        if (from is { } min && to is { } max && min.CompareTo(max) > 0)
        {
            schema.Report(
                ProblemCode.BadValue, most, string.Create(CultureInfo.InvariantCulture, $"{max} is less than {least}, which is {min}"));
        }
    }
}
