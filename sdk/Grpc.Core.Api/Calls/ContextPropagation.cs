namespace Grpc.Core;

/// <summary>Properties of a call being served that a call made meanwhile takes over.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}

/// <summary>What a call made while serving another takes over from it.</summary>
/// <param name="propagateDeadline">Whether it ends with the served call's deadline.</param>
/// <param name="propagateCancellation">Whether it is cancelled with the served call.</param>
public class ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
{
    /// <summary>Deadline and cancellation.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Whether a call ends with the served call's deadline.</summary>
    public bool IsPropagateDeadline { get; } = propagateDeadline;

    /// <summary>Whether a call is cancelled with the served call.</summary>
    public bool IsPropagateCancellation { get; } = propagateCancellation;
}
