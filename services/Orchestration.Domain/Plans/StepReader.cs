using System.Collections.Immutable;

namespace Orchestration.Domain.Plans;

/// <summary>Reads the steps of one plan.</summary>
internal sealed class StepReader(PlanDialect dialect, RetryPolicy defaultRetry, TimeSpan? defaultTimeout)
{
    private const int MaxIdLength = 64;

    /// <summary>The names that steps of the workflow dialect take and give.</summary>
    internal List<WorkflowStepNames> Bindings { get; } = [];

    internal PlanStep? Read(ReadingContext context, Place place, string? key, int position)
    {
        if (FieldReader.Open(context, place) is not { } fields)
        {
            return null;
        }

        context.Sources.Add(place.Part, place.Path, place.Node);
        string id = ReadId(fields, key, position);
        ImmutableArray<string> dependsOn = Texts(fields, dialect.DependsOn, "dependsOn");
        if (dialect == PlanDialect.Workflow)
        {
            Bindings.Add(new WorkflowStepNames(Texts(fields, "inputs"), Texts(fields, "outputs")));
        }

        var step = new PlanStep
        {
            Id = id,
            Work = new WorkReader(dialect, fields, id).Read(dependsOn),
            DependsOn = dependsOn,
            When = ReadExpression(fields, "when"),
            ForEach = ReadForEach(fields),
            Retry = RetryReader.Read(fields, dialect.Retry, "retry", defaultRetry) ?? defaultRetry,
            Timeout = fields.Timeout("timeout") ?? defaultTimeout,
            Critical = fields.Flag("critical") ?? true,
            Fallback = FallbackReader.Read(fields, dialect),
            Output = fields.Template("output"),
        };
        fields.Text("description");
        fields.Finish();
        return step;
    }

    private static ImmutableArray<string> Texts(FieldReader fields, string name, string? part = null) =>
        [.. fields.Texts(name, part).Select(place => ((ScalarNode)place.Node).Text).Distinct()];

    private string ReadId(FieldReader fields, string? key, int position)
    {
        string? id = key is null || fields.Has(dialect.Id) ? fields.Text(dialect.Id, "id", orNumber: true) : key;
        if (id is null)
        {
            fields.Missing(dialect.Id, $"a step needs an {dialect.Id}");
            return $"step-{position + 1}";
        }

        if (id.Length is 0 or > MaxIdLength || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            fields.Report(ProblemCode.BadValue, dialect.Id, "a step id has 1 to 64 letters, digits, '-' or '_'");
        }

        return id;
    }

    /// <summary>An expression, with or without <c>${{ }}</c> around it; null when the field is missing.</summary>
    private static string? ReadExpression(FieldReader fields, string name) => fields.Take(name) is { } place
        ? Expression(fields, place)
        : null;

    private static string? Expression(FieldReader fields, Place place) => place.Node switch
    {
        ScalarNode { Type: ScalarKind.Text } text => Unwrap(text.Text),
        ScalarNode { Type: ScalarKind.Flag } flag => flag.Text,
        _ => fields.Wrong<string>(place, "an expression"),
    };

    private static string Unwrap(string text)
    {
        Template template = Template.Of(text);
        return template.WholeExpression ?? text;
    }

    private static ForEach? ReadForEach(FieldReader step)
    {
        if (step.Take("forEach") is not { } place)
        {
            return null;
        }

        if (place.Node is ScalarNode or ListNode)
        {
            step.Context.Sources.Add(place.Part + ".items", place.Path, place.Node);
            return ReadItems(step, place) is { } only ? new ForEach(only) : null;
        }

        if (FieldReader.Open(step.Context, place) is not { } fields)
        {
            return null;
        }

        string? items = fields.Take("items") is { } list ? ReadItems(fields, list) : null;
        if (!fields.Has("items"))
        {
            fields.Missing("items", "forEach needs items: the list to work through");
        }

        string name = fields.Text("as") ?? "item";
        int maxParallel = fields.Integer("maxParallel", 0, 10_000) ?? 0;
        fields.Finish();
        return new ForEach(items ?? "[]", name, maxParallel);
    }

    /// <summary>A list written in place is an expression too: JSON is part of the expression language.</summary>
    private static string? ReadItems(FieldReader fields, Place place) =>
        place.Node is ListNode list ? list.ToJson().GetRawText() : Expression(fields, place);
}
