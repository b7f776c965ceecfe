using System.Collections.Immutable;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Planning;

/// <summary>A plan that was validated and frozen: what a run follows from its first step to its last.</summary>
public sealed record ExecutionPlan
{
    /// <summary>Version of the rules by which the scheduler of this build decides.</summary>
    public const int CurrentSchedulerVersion = 1;

    /// <summary>The plan.</summary>
    public required Plan Plan { get; init; }

    /// <summary>SHA-256 of the canonical plan, lower-case hex.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Positions of the steps by level: a run starts a level's steps side by side.</summary>
    public required ImmutableArray<ImmutableArray<int>> Levels { get; init; }

    /// <summary>The chain of steps that decides how long the run takes at least.</summary>
    public required CriticalPath CriticalPath { get; init; }

    /// <summary>The rules the plan was made for; a run keeps them when newer ones exist.</summary>
    public int SchedulerVersion { get; init; } = CurrentSchedulerVersion;

    /// <summary>The step ids of a list of positions.</summary>
    public IEnumerable<string> IdsOf(IEnumerable<int> positions) => positions.Select(position => Plan.Steps[position].Id);
}
