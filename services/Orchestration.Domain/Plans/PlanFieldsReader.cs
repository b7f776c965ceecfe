using System.Collections.Immutable;

namespace Orchestration.Domain.Plans;

/// <summary>Reads a plan from its mapping, in any dialect.</summary>
internal static class PlanFieldsReader
{
    private const int MaxIdLength = 128;

    internal static Plan? Read(ReadingContext context, Place place, string defaultId, PlanDialect dialect)
    {
        if (FieldReader.Open(context, place) is not { } fields)
        {
            return null;
        }

        string id = ReadId(fields, dialect, defaultId);
        ImmutableArray<PlanInput> inputs = dialect == PlanDialect.Workflow ? [] : PlanInputReader.Read(fields);
        StepReader stepReader = ReadDefaults(fields, dialect);
        ImmutableArray<PlanStep> steps = ReadSteps(fields, stepReader);
        Place? fallback = fields.Take("fallbackPlan");
        var plan = new Plan
        {
            Id = id,
            Version = fields.Text("version", orNumber: true) ?? "1",
            Description = fields.Text("description") ?? "",
            Inputs = inputs,
            Steps = steps,
            Parallel = fields.Flag("parallel") ?? true,
            Timeout = fields.Timeout("timeout"),
            Priority = fields.Integer("priority", -100, 100) ?? 0,
            FallbackPlan = fallback is { } nested ? Read(context, nested, id + "-fallback", NestedDialect(nested, dialect)) : null,
            Output = fields.Template("output"),
            Labels = ReadLabels(fields),
        };
        fields.Finish();
        return dialect == PlanDialect.Workflow ? WorkflowBindings.Bind(plan, stepReader.Bindings) : ImplicitDependencies.Add(plan);
    }

    /// <summary>A plan inside a plan object is one too; elsewhere its own shape says what it is.</summary>
    internal static PlanDialect NestedDialect(Place place, PlanDialect around) => place.Node switch
    {
        _ when around == PlanDialect.Workflow => PlanDialect.Ours,
        MapNode map when around == PlanDialect.Ours && map.Find("id") is not null => PlanDialect.Of(map),
        _ => around,
    };

    private static string ReadId(FieldReader fields, PlanDialect dialect, string defaultId)
    {
        string? id = fields.Text(dialect.Id, "id", orNumber: true);
        if (id is null)
        {
            return defaultId;
        }

        if (id.Length is 0 or > MaxIdLength || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            fields.Report(ProblemCode.BadValue, dialect.Id, "a plan id has 1 to 128 letters, digits, '-', '_' or '.'");
        }

        return id;
    }

    private static StepReader ReadDefaults(FieldReader fields, PlanDialect dialect)
    {
        if (fields.Map("defaults") is not { } defaults)
        {
            return new StepReader(dialect, RetryPolicy.Default, defaultTimeout: null);
        }

        var reader = new StepReader(
            dialect, RetryReader.Read(defaults, "retry", "retry") ?? RetryPolicy.Default, defaults.Timeout("timeout"));
        defaults.Finish();
        return reader;
    }

    private static ImmutableArray<PlanStep> ReadSteps(FieldReader fields, StepReader reader)
    {
        if (fields.Take("steps") is not { } place)
        {
            fields.Missing("steps", "a plan needs steps");
            return [];
        }

        ImmutableArray<PlanStep>.Builder steps = ImmutableArray.CreateBuilder<PlanStep>();
        switch (place.Node)
        {
            case ListNode list:
                steps.AddRange(FieldReader.Items(place, list).Select((item, i) => reader.Read(fields.Context, item, null, i))
                    .OfType<PlanStep>());
                break;
            case MapNode map:
                var entries = new FieldReader(fields.Context, map, place);
                steps.AddRange(entries.Entries().Select((entry, i) =>
                    reader.Read(fields.Context, entry.Value with { Part = place.Part + DocumentPath.Index(i) }, entry.Name, i))
                        .OfType<PlanStep>());
                break;
            default:
                fields.Wrong<string>(place, "a list of steps, or a mapping from id to step,");
                return [];
        }

        if (steps.Count == 0)
        {
            fields.Report(ProblemCode.MissingField, "steps", "a plan needs at least one step");
        }

        return steps.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> ReadLabels(FieldReader fields)
    {
        ImmutableSortedDictionary<string, string> labels = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        if (fields.Map("labels") is not { } map)
        {
            return labels;
        }

        foreach ((string name, _, Place value) in map.Entries())
        {
            if (value.Node is ScalarNode { Type: not ScalarKind.Null } scalar)
            {
                labels = labels.SetItem(name, scalar.Text);
            }
            else
            {
                map.Wrong<string>(value, "a string");
            }
        }

        return labels;
    }
}
