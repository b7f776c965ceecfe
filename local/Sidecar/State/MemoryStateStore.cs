using System.Globalization;

namespace Sidecar.State;

/// <summary>State for the life of the process.</summary>
internal sealed class MemoryStateStore(TimeProvider clock) : IStateStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, StateEntry> entries = [];
    private long version;

    public Task<IReadOnlyList<StateEntry?>> GetAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<StateEntry?>>([.. keys.Select(Find)]);
        }
    }

    public Task CommitAsync(IReadOnlyList<StateOperation> operations, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            StateRules.Check(operations, key => Find(key)?.Etag);
            foreach (var operation in operations)
            {
                if (operation is UpsertOperation upsert)
                {
                    entries[upsert.Key] = new StateEntry(upsert.Value, (++version).ToString(CultureInfo.InvariantCulture), upsert.Expires);
                }
                else
                {
                    entries.Remove(operation.Key);
                }
            }
        }

        return Task.CompletedTask;
    }

    private StateEntry? Find(string key)
    {
        if (entries.TryGetValue(key, out var entry) && entry.Expires <= clock.GetUtcNow())
        {
            entries.Remove(key);
            return null;
        }

        return entry;
    }
}
