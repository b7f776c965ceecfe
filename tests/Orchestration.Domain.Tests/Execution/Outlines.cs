using System.Collections.Immutable;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Execution;

internal static class Outlines
{
    public static readonly RetryPolicy NoRetry = RetryPolicy.Default with { MaxRetries = 0 };

    public static PlanOutline Of(params StepOutline[] steps) => new() { Steps = [.. steps], Lanes = 1 };

    public static StepOutline Step(string id, params int[] after) => new() { Id = id, After = [.. after] };

    /// <summary>A random plan without cycles: steps of every kind, conditions, repetition, fallbacks.</summary>
    public static PlanOutline Random(Random random)
    {
        var count = random.Next(1, 40);
        var lanes = random.Next(1, 4);
        return new PlanOutline
        {
            Steps = [.. Enumerable.Range(0, count).Select(index => RandomStep(random, index, lanes))],
            Sequential = random.Next(4) == 0,
            Timeout = random.Next(5) == 0 ? TimeSpan.FromSeconds(random.Next(1, 100)) : null,
            HasFallback = random.Next(3) == 0,
            Lanes = lanes,
        };
    }

    private static StepOutline RandomStep(Random random, int index, int lanes)
    {
        ImmutableArray<int> after = [.. Enumerable.Range(0, index).Where(_ => random.Next(index) < 3)];
        var kind = (WorkKind)random.Next(random.Next(3) == 0 ? 3 : 1);
        return new StepOutline
        {
            Id = $"s{index}",
            After = after,
            Kind = kind,
            Duration = kind == WorkKind.Delay ? TimeSpan.FromSeconds(random.Next(10)) : null,
            Lane = random.Next(lanes),
            When = random.Next(6) == 0 ? "inputs.list.size() > 9" : null,
            Items = random.Next(5) == 0 ? "inputs.list" : null,
            MaxParallel = random.Next(3),
            EntryReads = new Reads([], Inputs: true),
            WorkReads = new Reads(after, Inputs: false),
            Retry = RetryPolicy.Default with { MaxRetries = random.Next(3) },
            Optional = random.Next(2) == 0,
            Fallback = (FallbackKind)random.Next(4),
            MapsOutput = random.Next(3) == 0,
        };
    }
}
