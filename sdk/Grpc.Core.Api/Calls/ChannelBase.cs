namespace Grpc.Core;

/// <summary>A connection, or several, to a service.</summary>
/// <param name="target">What the channel connects to.</param>
public abstract class ChannelBase(string target)
{
    /// <summary>What the channel connects to.</summary>
    public string Target { get; } = target ?? throw new ArgumentNullException(nameof(target));

    /// <summary>An invoker whose calls go over this channel.</summary>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Closes the channel.</summary>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <summary>Closes the channel; does nothing unless overridden.</summary>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}
