namespace Dapr.Jobs.Models.Responses;

/// <summary>What happens when the app does not take a trigger of a job.</summary>
public interface IFailurePolicyResponse
{
    /// <summary>Which policy it is.</summary>
    JobFailurePolicy Type { get; }
}

/// <summary>The trigger is dropped.</summary>
public sealed record ConfiguredDropFailurePolicy : IFailurePolicyResponse
{
    /// <inheritdoc />
    public JobFailurePolicy Type => JobFailurePolicy.Drop;
}

/// <summary>The trigger is tried again.</summary>
/// <param name="HasMaxRetries">Whether the tries are limited.</param>
/// <param name="MaxRetries">Tries after the first; null tries for ever.</param>
/// <param name="Duration">Time between two tries.</param>
public sealed record ConfiguredConstantFailurePolicy(bool HasMaxRetries, int? MaxRetries, TimeSpan Duration) : IFailurePolicyResponse
{
    /// <inheritdoc />
    public JobFailurePolicy Type => JobFailurePolicy.Constant;
}
