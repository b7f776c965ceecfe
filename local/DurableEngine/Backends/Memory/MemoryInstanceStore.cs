using DurableEngine.History;

namespace DurableEngine.Backends.Memory;

/// <summary>Keeps instances for the life of the process. What a reader sees is a copy, as with a database.</summary>
public sealed class MemoryInstanceStore : IInstanceStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<InstanceKey, Row> rows = [];
    private long last;

    public void Commit(IReadOnlyList<StoreChange> changes)
    {
        lock (gate)
        {
            foreach (var change in changes)
            {
                Apply(change);
            }
        }
    }

    public long LastNumber()
    {
        lock (gate)
        {
            return last;
        }
    }

    public IEnumerable<StoredInstance> LoadActive()
    {
        lock (gate)
        {
            return [.. rows.Where(row => !row.Value.Finished).OrderBy(row => row.Value.Number).Select(row => row.Value.ToStored(row.Key))];
        }
    }

    public StoredInstance? Load(InstanceKey key)
    {
        lock (gate)
        {
            return rows.TryGetValue(key, out var row) ? row.ToStored(key) : null;
        }
    }

    public IReadOnlyList<string> ListIds(string app, string? after, int count)
    {
        lock (gate)
        {
            return [.. rows.Keys.Where(key => key.App == app && string.CompareOrdinal(key.Id, after) > 0)
                .Select(key => key.Id).Order(StringComparer.Ordinal).Take(count)];
        }
    }

    public void Dispose()
    {
    }

    private void Apply(StoreChange change)
    {
        switch (change.Kind)
        {
            case ChangeKind.Create:
                rows[change.Key] = new Row(change.Number);
                last = Math.Max(last, change.Number);
                break;
            case ChangeKind.Delete:
                rows.Remove(change.Key);
                break;
            case ChangeKind.Append:
                rows[change.Key].Log.Add(change.Sequence, change.Data);
                break;
            case ChangeKind.Truncate:
                rows[change.Key].Log.Clear();
                break;
            case ChangeKind.Finish:
                rows[change.Key].Finished = true;
                break;
        }
    }

    private sealed class Row(long number)
    {
        public long Number { get; } = number;
        public bool Finished { get; set; }
        public SortedList<int, byte[]> Log { get; } = [];

        public StoredInstance ToStored(InstanceKey key) => new(Number, key, Finished, [.. Log.Values]);
    }
}
