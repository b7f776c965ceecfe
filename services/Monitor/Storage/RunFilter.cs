using System.Globalization;
using Orchestration.Contracts;

namespace Monitor.Storage;

/// <summary>Which runs are wanted, and how many.</summary>
internal sealed record RunFilter
{
    public required string Tenant { get; init; }

    /// <summary>Direct children of this run; empty means runs without a parent.</summary>
    public string ParentRunId { get; init; } = "";

    /// <summary>Empty means all.</summary>
    public IReadOnlyList<RunState> States { get; init; } = [];

    /// <summary>Empty means any.</summary>
    public string PlanId { get; init; } = "";

    /// <summary>All must be there.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Included.</summary>
    public DateTimeOffset? AcceptedFrom { get; init; }

    /// <summary>Not included.</summary>
    public DateTimeOffset? AcceptedBefore { get; init; }

    /// <summary>The last run of the previous page.</summary>
    public (DateTimeOffset AcceptedAt, string RunId)? After { get; init; }

    public int Limit { get; init; } = 50;

    public Statement ToPage()
    {
        var where = Where();
        if (States.Count > 0)
        {
            where.Add($"state IN ({string.Join(", ", States.Select(state => ((int)state).ToString(CultureInfo.InvariantCulture)))})");
        }

        if (After is { } after)
        {
            where.Add("(accepted_at, run_id) < (@after_time, @after_run)", ("after_time", Moment.ToStored(after.AcceptedAt)), (
                "after_run", after.RunId));
        }

        return where.ToStatement(
            $"SELECT {Columns.OfRun} FROM runs", string.Create(
                CultureInfo.InvariantCulture, $"ORDER BY accepted_at DESC, run_id DESC LIMIT {Limit}"));
    }

    public Statement ToCounts() => Where().ToStatement("SELECT state, count(*) FROM runs", "GROUP BY state");

    private Conditions Where()
    {
        var where = new Conditions();
        where.Add("tenant = @tenant AND parent_run_id = @parent", ("tenant", Tenant), ("parent", ParentRunId));
        if (PlanId.Length > 0)
        {
            where.Add("plan_id = @plan", ("plan", PlanId));
        }

        if (AcceptedFrom is { } from)
        {
            where.Add("accepted_at >= @from", ("from", Moment.ToStored(from)));
        }

        if (AcceptedBefore is { } before)
        {
            where.Add("accepted_at < @before", ("before", Moment.ToStored(before)));
        }

        foreach (var (i, (name, value)) in Labels.Index())
        {
            where.Add(
                $"EXISTS (SELECT 1 FROM run_labels l WHERE l.tenant = @tenant AND l.name = @name{i} AND l.value = @value{i} AND l.run_id = runs.run_id)",
                ($"name{i}", name),
                ($"value{i}", value));
        }

        return where;
    }

    private sealed class Conditions
    {
        private readonly List<string> terms = [];
        private readonly List<(string, object)> values = [];

        public void Add(string term, params (string, object)[] parameters)
        {
            terms.Add(term);
            values.AddRange(parameters);
        }

        public Statement ToStatement(string select, string end) => new($"{select} WHERE {string.Join(" AND ", terms)} {end}", [.. values]);
    }
}
