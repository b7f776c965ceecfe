using System.Globalization;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Grpc.Core;

namespace Testing;

/// <summary>State stores by component and key, with ETags, first-write concurrency and transactions.</summary>
public sealed class MemoryState
{
    private readonly Lock sync = new();
    private readonly Dictionary<(string Store, string Key), (ByteString Value, long Etag)> entries = [];
    private long lastEtag;

    /// <summary>Called before a transaction; what it throws is the answer, and nothing is written.</summary>
    public Action? BeforeTransaction { get; set; }

    /// <summary>Called after a transaction was written; what it throws is the answer all the same.</summary>
    public Action? AfterTransaction { get; set; }

    /// <summary>The keys of a component.</summary>
    public IReadOnlyList<string> Keys(string store)
    {
        lock (sync)
        {
            return [.. entries.Keys.Where(key => key.Store == store).Select(key => key.Key).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Removes a key, as expiry would.</summary>
    public void Expire(string store, string key)
    {
        lock (sync)
        {
            entries.Remove((store, key));
        }
    }

    internal (ByteString Value, string Etag) Get(string store, string key)
    {
        lock (sync)
        {
            return entries.TryGetValue((store, key), out var entry)
                ? (entry.Value, entry.Etag.ToString(CultureInfo.InvariantCulture))
                : (ByteString.Empty, "");
        }
    }

    internal void Apply(string store, IReadOnlyList<(StateItem Item, bool Delete)> operations)
    {
        lock (sync)
        {
            foreach (var (item, _) in operations)
            {
                Check_NeedsLock(store, item);
            }

            foreach (var (item, delete) in operations)
            {
                if (delete)
                {
                    entries.Remove((store, item.Key));
                }
                else
                {
                    entries[(store, item.Key)] = (item.Value, ++lastEtag);
                }
            }
        }
    }

    private void Check_NeedsLock(string store, StateItem item)
    {
        var known = entries.TryGetValue((store, item.Key), out var entry);
        var etag = item.Etag?.Value ?? "";
        var firstWrite = item.Options?.Concurrency == StateOptions.Types.StateConcurrency.ConcurrencyFirstWrite;
        var fits = etag.Length > 0 ? known && entry.Etag.ToString(CultureInfo.InvariantCulture) == etag : !firstWrite || !known;
        if (!fits)
        {
            throw new RpcException(new Status(StatusCode.Aborted, "possible etag mismatch"));
        }
    }
}
