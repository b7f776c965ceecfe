using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Orchestration.Contracts.Agents;

namespace Orchestrator.Agents.Registry;

/// <summary>
/// What apps offer, by hash. The records live for days and are written again while somebody offers them, so that those of
/// nobody go by themselves and no replica has to know when another still needs one.
/// </summary>
internal sealed class DescriptorCache(RegistryStore store, TimeProvider time)
{
    private static readonly TimeSpan RenewAfter = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<string, Entry> entries = new();

    /// <summary>Sees to it that the record is there; returns its hash.</summary>
    public async Task<string> KeepAsync(IReadOnlyList<AgentDescriptor> agents, CancellationToken cancellationToken)
    {
        var hash = RegistryStore.HashOf(agents);
        if (!entries.ContainsKey(hash))
        {
            await store.WriteDescriptorsAsync(hash, agents, cancellationToken);
            entries[hash] = new Entry([.. agents], time.GetTimestamp());
        }

        return hash;
    }

    /// <summary>
    /// The descriptors of these hashes and of no others. One that is missing in the store has none, and is looked for again next time.
    /// </summary>
    public async Task<FrozenDictionary<string, ImmutableArray<AgentDescriptor>>> ReadAsync(
        IReadOnlySet<string> wanted, CancellationToken cancellationToken)
    {
        foreach (var unwanted in entries.Keys.Where(hash => !wanted.Contains(hash)))
        {
            entries.TryRemove(unwanted, out _);
        }

        var read = new Dictionary<string, ImmutableArray<AgentDescriptor>>();
        foreach (var hash in wanted)
        {
            read[hash] = await ReadAsync(hash, cancellationToken);
        }

        return read.ToFrozenDictionary();
    }

    private async Task<ImmutableArray<AgentDescriptor>> ReadAsync(string hash, CancellationToken cancellationToken)
    {
        if (!entries.TryGetValue(hash, out var entry))
        {
            var agents = await store.ReadDescriptorsAsync(hash, cancellationToken);
            if (agents.Length > 0)
            {
                entries[hash] = new Entry(agents, time.GetTimestamp());
            }

            return agents;
        }

        if (time.GetElapsedTime(entry.WrittenAt) >= RenewAfter)
        {
            await store.WriteDescriptorsAsync(hash, entry.Agents, cancellationToken);
            entries[hash] = entry with { WrittenAt = time.GetTimestamp() };
        }

        return entry.Agents;
    }

    private sealed record Entry(ImmutableArray<AgentDescriptor> Agents, long WrittenAt);
}
