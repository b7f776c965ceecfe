using System.Threading.Channels;
using Grpc.Core;
using Grpc.Health.V1;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Grpc.HealthCheck;

/// <summary>A health service whose statuses are set by the program. Safe to use from several threads.</summary>
public class HealthServiceImpl : Health.V1.Health.HealthBase
{
    // A watcher that reads too slowly misses intermediate statuses, never the latest.
    private const int WaitingStatuses = 5;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ServingStatus> _statuses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Channel<ServingStatus>>> _watchers = new(StringComparer.Ordinal);

    /// <summary>Sets the status of a service and tells its watchers.</summary>
    /// <param name="service">The full name of the service; "" for the whole server.</param>
    /// <param name="status">The status.</param>
    public void SetStatus(string service, ServingStatus status)
    {
        ArgumentNullException.ThrowIfNull(service);
        lock (_lock)
        {
            _statuses[service] = status;
            Tell(service, status);
        }
    }

    /// <summary>Forgets a service; its watchers get <see cref="ServingStatus.ServiceUnknown"/>.</summary>
    /// <param name="service">The full name of the service; "" for the whole server.</param>
    public void ClearStatus(string service)
    {
        ArgumentNullException.ThrowIfNull(service);
        lock (_lock)
        {
            if (_statuses.Remove(service))
            {
                Tell(service, ServingStatus.ServiceUnknown);
            }
        }
    }

    /// <summary>Forgets all services.</summary>
    public void ClearAll()
    {
        lock (_lock)
        {
            foreach (var service in _statuses.Keys.ToList())
            {
                ClearStatus(service);
            }
        }
    }

    /// <inheritdoc/>
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        var status = Current(request.Service);
        return status == ServingStatus.ServiceUnknown
            ? throw new RpcException(new Status(StatusCode.NotFound, $"The service '{request.Service}' is not known."))
            : Task.FromResult(new HealthCheckResponse { Status = status });
    }

    /// <inheritdoc/>
    public override Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context) =>
        FollowAsync(request.Service, () => Task.FromResult(Current(request.Service)), responseStream, context.CancellationToken);

    /// <summary>Writes a first status, then every change, until cancelled.</summary>
    internal async Task FollowAsync(
        string service,
        Func<Task<ServingStatus>> first,
        IServerStreamWriter<HealthCheckResponse> responseStream,
        CancellationToken cancellationToken)
    {
        var changes = Subscribe(service);
        try
        {
            var written = await first();
            await responseStream.WriteAsync(new HealthCheckResponse { Status = written }, cancellationToken);
            await foreach (var status in changes.Reader.ReadAllAsync(cancellationToken))
            {
                if (status != written)
                {
                    written = status;
                    await responseStream.WriteAsync(new HealthCheckResponse { Status = status }, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The only way a watch ends.
        }
        finally
        {
            Unsubscribe(service, changes);
        }
    }

    internal ServingStatus Current(string service)
    {
        lock (_lock)
        {
            return _statuses.GetValueOrDefault(service, ServingStatus.ServiceUnknown);
        }
    }

    private void Tell(string service, ServingStatus status)
    {
        foreach (var watcher in _watchers.GetValueOrDefault(service) ?? [])
        {
            watcher.Writer.TryWrite(status);
        }
    }

    private Channel<ServingStatus> Subscribe(string service)
    {
        var watcher = Channel.CreateBounded<ServingStatus>(
            new BoundedChannelOptions(WaitingStatuses) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            if (!_watchers.TryGetValue(service, out var watchers))
            {
                _watchers.Add(service, watchers = []);
            }

            watchers.Add(watcher);
        }

        return watcher;
    }

    private void Unsubscribe(string service, Channel<ServingStatus> watcher)
    {
        lock (_lock)
        {
            var watchers = _watchers[service];
            watchers.Remove(watcher);
            if (watchers.Count == 0)
            {
                _watchers.Remove(service);
            }
        }
    }
}
