using DurableEngine.Backends.Sqlite;

namespace Sidecar.State;

/// <summary>A stored value; the ETag changes with every write and is never used twice for a key.</summary>
internal sealed record StateEntry(byte[] Value, string Etag, DateTimeOffset? Expires);

/// <summary>
/// One write. An <paramref name="Etag"/> must be the current one; <paramref name="FirstWrite"/> without one lets a value be
/// created only.
/// </summary>
internal abstract record StateOperation(string Key, string? Etag, bool FirstWrite);

internal sealed record UpsertOperation(string Key, string? Etag, bool FirstWrite, byte[] Value, DateTimeOffset? Expires)
    : StateOperation(Key, Etag, FirstWrite);

internal sealed record DeleteOperation(string Key, string? Etag, bool FirstWrite) : StateOperation(Key, Etag, FirstWrite);

/// <summary>Somebody else has written the key.</summary>
internal sealed class EtagMismatchException(string key)
    : WorkRefusedException($"possible etag mismatch: the value of '{key}' was changed by another writer");

/// <summary>Where state lives. Keys come with their prefix.</summary>
internal interface IStateStore
{
    /// <summary>One entry per key, null where there is none.</summary>
    Task<IReadOnlyList<StateEntry?>> GetAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>All operations in order or none; durable when it returns.</summary>
    /// <exception cref="EtagMismatchException">An expectation did not hold; nothing was changed.</exception>
    Task CommitAsync(IReadOnlyList<StateOperation> operations, CancellationToken cancellationToken);
}
