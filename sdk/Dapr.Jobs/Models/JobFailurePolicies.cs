namespace Dapr.Jobs.Models;

/// <summary>What happens when the app does not take a trigger.</summary>
public enum JobFailurePolicy
{
    /// <summary>It is dropped.</summary>
    Drop,

    /// <summary>It is tried again after a constant time.</summary>
    Constant,
}

/// <summary>What to do when the app does not take a trigger.</summary>
public interface IJobFailurePolicyOptions
{
    /// <summary>Which policy it is.</summary>
    JobFailurePolicy Policy { get; }
}

/// <summary>Drops a trigger that the app does not take; the schedule goes on.</summary>
public sealed record JobFailurePolicyDropOptions : IJobFailurePolicyOptions
{
    /// <inheritdoc />
    public JobFailurePolicy Policy => JobFailurePolicy.Drop;
}

/// <summary>Tries again.</summary>
/// <param name="Interval">Time between two tries.</param>
public sealed record JobFailurePolicyConstantOptions(TimeSpan Interval) : IJobFailurePolicyOptions
{
    /// <summary>Tries after the first; null tries for ever.</summary>
    public uint? MaxRetries { get; init; }

    /// <inheritdoc />
    public JobFailurePolicy Policy => JobFailurePolicy.Constant;
}
