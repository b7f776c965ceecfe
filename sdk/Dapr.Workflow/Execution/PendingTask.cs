using Dapr.Common.Serialization;

namespace Dapr.Workflow.Execution;

/// <summary>A task that the code awaits and that history will complete.</summary>
internal abstract class PendingTask
{
    public abstract void Complete(string? payload);

    public abstract void Fail(Exception error);

    public abstract void Cancel(CancellationToken cancellationToken);
}

/// <inheritdoc />
internal sealed class PendingTask<T>(IDaprSerializer serializer) : PendingTask
{
    private readonly TaskCompletionSource<T> _source = new();

    public Task<T> Task => _source.Task;

    public override void Complete(string? payload)
    {
        T value;
        try
        {
            value = serializer.Deserialize<T>(payload)!;
        }
#pragma warning disable CA1031 // whatever a serializer throws about a payload belongs to the code that asked for this type
        catch (Exception e)
#pragma warning restore CA1031
        {
            Fail(e);
            return;
        }

        InstanceScheduler.Complete(() => _source.TrySetResult(value));
    }

    public override void Fail(Exception error) => InstanceScheduler.Complete(() => _source.TrySetException(error));

    public override void Cancel(CancellationToken cancellationToken) =>
        InstanceScheduler.Complete(() => _source.TrySetCanceled(cancellationToken));
}
