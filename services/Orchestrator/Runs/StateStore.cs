using System.Globalization;
using Dapr.Client;
using Orchestration.Domain.Failures;
using Orchestration.Hosting.Errors;

namespace Orchestrator.Runs;

/// <summary>The records of the orchestrator in the state component, read and changed with ETags.</summary>
internal sealed class StateStore(DaprClient dapr, TimeProvider clock)
{
    public const string Component = "statestore";

    // A record that so many change at once is not worth waiting for.
    private const int ChangeTries = 20;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private static readonly StateOptions FirstWriteWins =
        new() { Concurrency = ConcurrencyMode.FirstWrite, Consistency = ConsistencyMode.Strong };

    public async Task<T?> ReadAsync<T>(string key, CancellationToken cancellationToken)
        where T : class => await dapr.GetStateAsync<T?>(Component, key, ConsistencyMode.Strong, cancellationToken: cancellationToken);

    /// <returns>The record and its ETag; an empty ETag when there is none.</returns>
    public async Task<(T? Record, string ETag)> ReadWithETagAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        var (record, etag) =
            await dapr.GetStateAndETagAsync<T?>(Component, key, ConsistencyMode.Strong, cancellationToken: cancellationToken);
        return (record, record is null ? "" : etag ?? "");
    }

    /// <param name="etag">As read; empty for a record that must not exist yet.</param>
    /// <returns>False when somebody else was faster.</returns>
    public Task<bool> TryWriteAsync<T>(string key, T record, string etag, CancellationToken cancellationToken)
        where T : class => TryWriteAsync(key, record, etag, null, cancellationToken);

    /// <summary>Reads, changes and writes until nobody else was faster.</summary>
    /// <param name="change">Returns the record itself when there is nothing to change.</param>
    /// <returns>The record as it stands now.</returns>
    /// <exception cref="FailureException">Others were faster too often.</exception>
    public Task<T> ChangeAsync<T>(string key, Func<T?, T> change, CancellationToken cancellationToken)
        where T : class => ChangeAsync(key, change, _ => null, cancellationToken);

    /// <inheritdoc cref="ChangeAsync{T}(string, Func{T, T}, CancellationToken)"/>
    /// <param name="lifeOf">How long what is written is kept; null means for ever.</param>
    public async Task<T> ChangeAsync<T>(string key, Func<T?, T> change, Func<T, TimeSpan?> lifeOf, CancellationToken cancellationToken)
        where T : class
    {
        var pause = FirstPause;
        for (var i = 0; i < ChangeTries; i++)
        {
            var (record, etag) = await ReadWithETagAsync<T>(key, cancellationToken);
            var changed = change(record);
            if (ReferenceEquals(changed, record) || await TryWriteAsync(key, changed, etag, lifeOf(changed), cancellationToken))
            {
                return changed;
            }

            // Half of it at random, so that those who met do not meet again.
            await Task.Delay(pause * (0.5 + (Random.Shared.NextDouble() / 2)), clock, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        throw new FailureException(FailureMapping.Create(FailureCode.Conflict, $"'{key}' is changed by too many at once."));
    }

    private async Task<bool> TryWriteAsync<T>(string key, T record, string etag, TimeSpan? life, CancellationToken cancellationToken)
        where T : class
    {
        var metadata = life is { } limit
            ? new Dictionary<string, string> { ["ttlInSeconds"] = Math.Ceiling(limit.TotalSeconds).ToString(CultureInfo.InvariantCulture) }
            : null;
        return await dapr.TrySaveStateAsync(Component, key, record, etag, FirstWriteWins, metadata, cancellationToken);
    }
}
