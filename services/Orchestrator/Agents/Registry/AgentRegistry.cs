using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orchestration.Contracts.Agents;
using Orchestration.Hosting.Errors;

namespace Orchestrator.Agents.Registry;

/// <summary>
/// Which agents there are and which of their processes are alive. Every replica reads what the others wrote once a second;
/// what was said to this one, and calls that broke here, count at once.
/// </summary>
internal sealed class AgentRegistry(
    RegistryStore store, DescriptorCache descriptors, IOptions<AgentsOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>How long an app without instances stays known.</summary>
    public static readonly TimeSpan ForgetAppAfter = TimeSpan.FromDays(7);

    // Of silence that this replica has observed itself: a clock that is wrong must not empty what all replicas share.
    private static readonly TimeSpan ForgetInstanceAfter = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<InstanceKey, InstanceState> instances = new();

    // Signs of life wait here for the next reading, so that no agent waits for the store.
    private readonly ConcurrentDictionary<InstanceKey, BeatRecord> unwritten = new();
    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    // An older reading must not replace a newer one.
    private readonly SemaphoreSlim turn = new(1);
    private readonly SemaphoreSlim refreshing = new(1);
    private volatile AgentSnapshot snapshot = AgentSnapshot.Empty;
    private long readAt;

    /// <summary>The agents as last read.</summary>
    public AgentSnapshot Snapshot => snapshot;

    /// <summary>Raised when an instance was heard of, came, went or was lost.</summary>
    public event Action<InstanceState>? Heard;

    /// <summary>Ends when the records have been read once.</summary>
    public Task Loaded => loaded.Task;

    /// <summary>True when the records were read not long ago.</summary>
    public bool IsFresh => loaded.Task.IsCompleted && time.GetElapsedTime(Volatile.Read(ref readAt)) < options.Value.RefreshInterval * 10;

    /// <exception cref="FailureException">The app is another tenant's, or the tenant has as much registered as it may have.</exception>
    public async Task RegisterAsync(
        string tenant, InstanceKey instance, IReadOnlyList<AgentDescriptor> agents, CancellationToken cancellationToken)
    {
        var hash = RegistryStore.HashOf(agents);

        // Nothing is stored for one who is refused.
        With(Snapshot.Index, tenant, instance, hash);
        await descriptors.KeepAsync(agents, cancellationToken);
        await ChangeAsync(index => With(index, tenant, instance, hash), cancellationToken);
        Beat(instance, hash, ImmutableSortedDictionary<string, ReportedLoad>.Empty);
    }

    /// <summary>False when the instance, or what it offers, is not known, or not this tenant's.</summary>
    public bool Heartbeat(string tenant, InstanceKey instance, ImmutableSortedDictionary<string, ReportedLoad> loads)
    {
        if (Snapshot.Index.Apps.GetValueOrDefault(instance.AppId) is not { } app || app.Tenant != tenant
            || !app.Instances.TryGetValue(instance.InstanceId, out var hash)
            || Snapshot.Descriptors.GetValueOrDefault(hash, []) is not { Length: > 0 } agents)
        {
            return false;
        }

        Beat(instance, hash, RegistryBounds.Known(loads, agents.Select(agent => agent.AgentId)));
        return true;
    }

    public async Task DeregisterAsync(string tenant, InstanceKey instance, CancellationToken cancellationToken)
    {
        if (Snapshot.Index.Apps.GetValueOrDefault(instance.AppId)?.Tenant == tenant)
        {
            await ChangeAsync(index => Without(index, [instance]), cancellationToken);
        }
    }

    /// <summary>A call to the instance broke: it gets no more calls before its next sign of life.</summary>
    public void ReportLost(InstanceKey instance)
    {
        if (instances.TryGetValue(instance, out var state) && !state.Lost
            && instances.TryUpdate(instance, state with { Lost = true }, state))
        {
            Heard?.Invoke(state with { Lost = true });
        }
    }

    /// <summary>Writes what this replica was told, reads what the others know, and forgets what has been gone for long.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await refreshing.WaitAsync(cancellationToken);
        try
        {
            await ExchangeAsync(cancellationToken);
        }
        finally
        {
            refreshing.Release();
        }
    }

    private async Task ExchangeAsync(CancellationToken cancellationToken)
    {
        await ChangeAsync(index => index, cancellationToken);
        await WriteBeatsAsync(cancellationToken);
        foreach (var beat in await store.ReadBeatsAsync(Snapshot.Instances.Values.SelectMany(keys => keys), cancellationToken))
        {
            Take(beat);
        }

        Volatile.Write(ref readAt, time.GetTimestamp());
        loaded.TrySetResult();
        await ForgetAsync(cancellationToken);
    }

    public void Dispose()
    {
        turn.Dispose();
        refreshing.Dispose();
    }

    public bool IsAlive(InstanceKey instance) =>
        instances.TryGetValue(instance, out var state) && !state.Lost && time.GetElapsedTime(state.HeardAt) < options.Value.OfflineAfter;

    /// <summary>Every instance that was heard of and is not forgotten.</summary>
    public ICollection<InstanceState> Instances => instances.Values;

    public InstanceState? Find(InstanceKey instance) => instances.GetValueOrDefault(instance);

    /// <summary>The processes that offer an agent and are alive.</summary>
    public IEnumerable<InstanceKey> AliveInstances(AgentKey agent) =>
        Snapshot.Instances.GetValueOrDefault(agent.AppId, []).Where(instance => IsAlive(instance) && Snapshot.Offers(instance, agent));

    private void Take(BeatRecord beat)
    {
        var key = new InstanceKey(beat.AppId, beat.InstanceId);
        var known = instances.GetValueOrDefault(key);

        // What an instance tells this replica itself is newer than what is read of it.
        var toldUs = known is { IsDirect: true } && time.GetElapsedTime(known.HeardAt) < options.Value.HeartbeatInterval * 1.5;
        if (!toldUs && beat.Beat != known?.Beat
            && Snapshot.Index.Apps.GetValueOrDefault(beat.AppId)?.Instances.GetValueOrDefault(beat.InstanceId) is { } hash)
        {
            var now = time.GetTimestamp();
            var heardAt = known is null or { Beat: 0 } ? FirstHeardAt(TimeSpan.FromTicks(time.GetUtcNow().Ticks - beat.Beat)) : now;
            Hear(new InstanceState(key, hash, beat.Beat, heardAt, now, IsDirect: false, Lost: false, beat.Loads));
        }
    }

    /// <summary>
    /// When an instance that this replica knows nothing of yet gave its last sign of life. What a replica finds at its start may be of an
    /// earlier life of the system: there the clocks of the two replicas must do, but only to say whether it is alive. Later, what is new
    /// to this replica is new.
    /// </summary>
    private long FirstHeardAt(TimeSpan age) =>
        loaded.Task.IsCompleted || age <= TimeSpan.Zero
            ? time.GetTimestamp()
            : time.GetTimestamp() - (long)(age.TotalSeconds * time.TimestampFrequency);

    private void Beat(InstanceKey instance, string hash, ImmutableSortedDictionary<string, ReportedLoad> loads)
    {
        var (beat, now) = (time.GetUtcNow().Ticks, time.GetTimestamp());
        unwritten[instance] = new BeatRecord(instance.AppId, instance.InstanceId, beat, loads);
        Hear(new InstanceState(instance, hash, beat, now, now, IsDirect: true, Lost: false, loads));
    }

    private Task WriteBeatsAsync(CancellationToken cancellationToken) => Task.WhenAll(unwritten.Keys.Select(
        instance => unwritten.TryRemove(instance, out var beat) ? store.WriteBeatAsync(beat, cancellationToken) : Task.CompletedTask));

    private void Hear(InstanceState state)
    {
        instances[state.Key] = state;
        Heard?.Invoke(state);
    }

    private async Task ChangeAsync(Func<RegistryIndex, RegistryIndex> change, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await TakeIndexAsync(await store.ChangeIndexAsync(change, cancellationToken), cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task TakeIndexAsync(RegistryIndex index, CancellationToken cancellationToken)
    {
        var wanted = index.Apps.Values.SelectMany(app => app.Instances.Values.Append(app.Descriptors)).ToHashSet();
        var described = await descriptors.ReadAsync(wanted, cancellationToken);
        if (!snapshot.Is(index, described))
        {
            snapshot = new AgentSnapshot(index, described);
        }

        var now = time.GetTimestamp();
        foreach (var (appId, app) in index.Apps)
        {
            foreach (var (id, hash) in app.Instances)
            {
                // Registered elsewhere and not heard of yet: not alive, and forgotten like one that falls silent now.
                var key = new InstanceKey(appId, id);
                instances.TryAdd(key, new InstanceState(
                    key, hash, 0, now, now, IsDirect: false, Lost: true, ImmutableSortedDictionary<string, ReportedLoad>.Empty));
            }
        }

        foreach (var gone in instances.Keys.Where(
            key => !index.Apps.TryGetValue(key.AppId, out var app) || !app.Instances.ContainsKey(key.InstanceId)))
        {
            unwritten.TryRemove(gone, out _);
            if (instances.TryRemove(gone, out var state))
            {
                Heard?.Invoke(state with { Lost = true });
            }
        }
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var dead = Snapshot.Instances.Values.SelectMany(keys => keys)
            .Where(key => instances.TryGetValue(key, out var state) && time.GetElapsedTime(state.NoticedAt) > ForgetInstanceAfter)
            .ToList();
        var oldest = (time.GetUtcNow() - ForgetAppAfter).ToUnixTimeSeconds();
        if (dead.Count == 0 && !Snapshot.Index.Apps.Values.Any(app => IsForgotten(app, oldest)))
        {
            return;
        }

        await ChangeAsync(
            index =>
            {
                var rest = Without(index, dead);
                return new RegistryIndex(
                    rest.Apps.RemoveRange(rest.Apps.Where(app => IsForgotten(app.Value, oldest)).Select(app => app.Key)));
            },
            cancellationToken);
    }

    private RegistryIndex With(RegistryIndex index, string tenant, InstanceKey instance, string hash)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var app = index.Apps.GetValueOrDefault(instance.AppId)
            ?? new AppRecord(tenant, hash, ImmutableSortedDictionary<string, string>.Empty, now);
        if (app.Tenant != tenant)
        {
            throw FailureException.Forbidden($"The app '{instance.AppId}' belongs to another tenant.");
        }

        var changed = app with { Descriptors = hash, Instances = app.Instances.SetItem(instance.InstanceId, hash), LastRegistered = now };
        RegistryBounds.CheckDescriptions(instance.AppId, changed);
        return new RegistryIndex(RegistryBounds.MakeRoom(index, tenant, instance, options.Value).Apps.SetItem(instance.AppId, changed));
    }

    private static bool IsForgotten(AppRecord app, long oldest) => app.Instances.Count == 0 && app.LastRegistered < oldest;

    private static RegistryIndex Without(RegistryIndex index, IEnumerable<InstanceKey> gone) => new(gone.Aggregate(
        index.Apps,
        (apps, key) => apps.TryGetValue(key.AppId, out var app)
            ? apps.SetItem(key.AppId, app with { Instances = app.Instances.Remove(key.InstanceId) })
            : apps));
}
