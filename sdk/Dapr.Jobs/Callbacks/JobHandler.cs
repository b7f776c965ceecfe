namespace Dapr.Jobs.Callbacks;

/// <summary>What the app does with a trigger.</summary>
internal sealed class JobHandler(Delegate action, TimeSpan? timeout)
{
    private readonly Type[] _parameters = [.. action.Method.GetParameters().Select(p => p.ParameterType)];

    public async Task RunAsync(string name, ReadOnlyMemory<byte> payload, IServiceProvider services, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (timeout is { } limit)
        {
            ending.CancelAfter(limit);
        }

        if (action.DynamicInvoke([.. _parameters.Select(type => Argument(type, name, payload, services, ending.Token))]) is Task task)
        {
            await task;
        }
    }

    private static object? Argument(
        Type type, string name, ReadOnlyMemory<byte> payload, IServiceProvider services, CancellationToken cancellationToken) =>
        type == typeof(string) ? name
        : type == typeof(ReadOnlyMemory<byte>) ? payload
        : type == typeof(CancellationToken) ? cancellationToken
        : services.GetService(type);
}

/// <summary>The handler that was mapped, for the gRPC service, which the container makes.</summary>
internal sealed class JobHandlerSlot
{
    public JobHandler? Handler { get; set; }
}
