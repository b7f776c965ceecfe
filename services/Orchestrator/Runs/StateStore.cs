using Dapr.Client;
using Orchestration.Domain.Failures;
using Orchestration.Hosting.Errors;

namespace Orchestrator.Runs;

/// <summary>The records of the orchestrator in the state component, read and changed with ETags.</summary>
internal sealed class StateStore(DaprClient dapr)
{
    public const string Component = "statestore";

    // A record that so many change at once is not worth waiting for.
    private const int ChangeTries = 20;

    private static readonly StateOptions FirstWriteWins = new() { Concurrency = ConcurrencyMode.FirstWrite, Consistency = ConsistencyMode.Strong };

    public async Task<T?> ReadAsync<T>(string key, CancellationToken cancellationToken)
        where T : class => await dapr.GetStateAsync<T?>(Component, key, ConsistencyMode.Strong, cancellationToken: cancellationToken);

    /// <returns>The record and its ETag; an empty ETag when there is none.</returns>
    public async Task<(T? Record, string ETag)> ReadWithETagAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        var (record, etag) = await dapr.GetStateAndETagAsync<T?>(Component, key, ConsistencyMode.Strong, cancellationToken: cancellationToken);
        return (record, record is null ? "" : etag ?? "");
    }

    /// <param name="etag">As read; empty for a record that must not exist yet.</param>
    /// <returns>False when somebody else was faster.</returns>
    public async Task<bool> TryWriteAsync<T>(string key, T record, string etag, CancellationToken cancellationToken)
        where T : class => await dapr.TrySaveStateAsync(Component, key, record, etag, FirstWriteWins, cancellationToken: cancellationToken);

    /// <summary>Reads, changes and writes until nobody else was faster.</summary>
    /// <param name="change">Returns the record itself when there is nothing to change.</param>
    /// <returns>The record as it stands now.</returns>
    /// <exception cref="FailureException">Others were faster too often.</exception>
    public async Task<T> ChangeAsync<T>(string key, Func<T?, T> change, CancellationToken cancellationToken)
        where T : class
    {
        for (var i = 0; i < ChangeTries; i++)
        {
            var (record, etag) = await ReadWithETagAsync<T>(key, cancellationToken);
            var changed = change(record);
            if (ReferenceEquals(changed, record) || await TryWriteAsync(key, changed, etag, cancellationToken))
            {
                return changed;
            }
        }

        throw new FailureException(FailureMapping.Create(FailureCode.Conflict, $"'{key}' is changed by too many at once."));
    }
}
