using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Orchestration.Domain.Expressions;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Planning;

/// <summary>The inputs a run starts with.</summary>
/// <param name="Inputs">The inputs as given, with defaults in place of what is missing; an object.</param>
/// <param name="Problems">Everything wrong with them; paths start with <c>inputs</c>.</param>
public sealed record CompletedInputs(JsonElement Inputs, ImmutableArray<Problem> Problems);

/// <summary>Checks the inputs of a run against what its plan declares.</summary>
public static class RunInputs
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}"u8);

    /// <summary>Checks and completes the inputs of a run. A plan without declared inputs takes any object.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="inputs">What the caller gave; null means an empty object.</param>
    /// <param name="scope">What the expressions of defaults see, normally the run and its clock.</param>
    public static CompletedInputs Complete(Plan plan, JsonElement? inputs, ExpressionScope scope)
    {
        JsonElement given = inputs is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } some ? some : Nothing;
        var problems = new ProblemList();
        if (given.ValueKind != JsonValueKind.Object)
        {
            problems.Add(ProblemCode.WrongType, "inputs", default, "the inputs of a run are an object");
            return new CompletedInputs(Nothing, problems.ToImmutable());
        }

        if (ValueDepth.Exceeded(JsonMarshal.GetRawUtf8Value(given)) is { } tooDeep)
        {
            problems.Add(ProblemCode.TooLarge, "inputs", default, tooDeep);
            return new CompletedInputs(Nothing, problems.ToImmutable());
        }

        if (plan.Inputs.IsEmpty)
        {
            return new CompletedInputs(given, []);
        }

        ReportUnknown(plan, given, problems);
        var buffer = new ArrayBufferWriter<byte>();
        using (Utf8JsonWriter writer = CelJson.NewWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (PlanInput input in plan.Inputs)
            {
                Write(writer, input, given, scope, problems);
            }

            writer.WriteEndObject();
        }

        return new CompletedInputs(CelJson.Parse(buffer.WrittenSpan), problems.ToImmutable());
    }

    internal static IEnumerable<SchemaProblem> Check(PlanInput input, JsonElement value)
    {
        if (!JsonSchema.IsType(value, input.Type))
        {
            return [new SchemaProblem("", $"{input.Type} is expected, found {value.ValueKind.ToString().ToLowerInvariant()}")];
        }

        return input.Schema is { } schema ? JsonSchema.Check(schema, value) : [];
    }

    private static void ReportUnknown(Plan plan, JsonElement given, ProblemList problems)
    {
        foreach (JsonProperty member in given.EnumerateObject().Where(member => plan.Inputs.All(input => input.Name != member.Name)))
        {
            string suggestion = problems.Suggest(member.Name, plan.Inputs.Select(input => input.Name));
            problems.Add(ProblemCode.UnknownInput, "inputs"
                + DocumentPath.Member(member.Name), default, $"the plan has no input '{member.Name}'{suggestion}");
        }
    }

    private static void Write(Utf8JsonWriter writer, PlanInput input, JsonElement given, ExpressionScope scope, ProblemList problems)
    {
        string path = "inputs" + DocumentPath.Member(input.Name);
        if (!given.TryGetProperty(input.Name, out JsonElement value))
        {
            if (input.Default is null)
            {
                if (input.Required)
                {
                    problems.Add(ProblemCode.MissingInput, path, default, $"the input '{input.Name}' is required");
                }

                return;
            }

            Evaluated @default = input.Default.Evaluate(scope);
            if (!@default.Succeeded)
            {
                problems.Add(ProblemCode.BadValue, path, default, $"the default of '{input.Name}' has no value: {@default.Error}");
                return;
            }

            value = @default.Value;
        }

        foreach (SchemaProblem problem in Check(input, value))
        {
            problems.Add(ProblemCode.Schema, path + problem.Path, default, problem.Message);
        }

        writer.WritePropertyName(input.Name);
        value.WriteTo(writer);
    }
}
