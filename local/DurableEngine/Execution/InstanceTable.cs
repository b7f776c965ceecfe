using DurableEngine.Backends;
using DurableEngine.History;

namespace DurableEngine.Execution;

/// <summary>
/// The instances in memory: every active one, and the ended ones that were used last. Others are read from the store.
/// </summary>
internal sealed class InstanceTable(IInstanceStore store, HistoryCache histories)
{
    private const int EndedInMemory = 256;

    private readonly Dictionary<InstanceKey, Instance> hot = [];
    private readonly LinkedList<Instance> ended = new();

    // Deleted but not yet on disk: the store still has them and must not be asked.
    private readonly HashSet<InstanceKey> leaving = [];

    private long lastNumber = store.LastNumber();

    public IEnumerable<Instance> Active => hot.Values.Where(instance => !instance.State.IsTerminal);

    public IEnumerable<Instance> LoadActive()
    {
        foreach (var stored in store.LoadActive())
        {
            var instance = Instance.Restore(stored);
            hot[instance.Key] = instance;
            histories.Loaded(instance, stored);
            yield return instance;
        }
    }

    public Instance Create(InstanceKey key)
    {
        if (hot.TryGetValue(key, out var old))
        {
            ended.Remove(old);
            histories.Forget(old);
        }

        return hot[key] = new Instance(++lastNumber, key);
    }

    /// <summary>An instance in memory, which every active one is.</summary>
    public Instance? FindHot(InstanceKey key) => hot.GetValueOrDefault(key);

    public Instance? Find(InstanceKey key)
    {
        if (hot.TryGetValue(key, out var instance))
        {
            return instance;
        }

        if (leaving.Contains(key) || store.Load(key) is not { } stored)
        {
            return null;
        }

        instance = Instance.Restore(stored);
        hot[key] = instance;
        histories.Loaded(instance, stored);
        Retire(instance);
        return instance;
    }

    /// <summary>The instance has ended and its end is on disk: it may be forgotten.</summary>
    public void Retire(Instance instance)
    {
        if (!ReferenceEquals(hot.GetValueOrDefault(instance.Key), instance))
        {
            return;
        }

        ended.AddLast(instance);
        if (ended.Count > EndedInMemory && ended.First is { } oldest)
        {
            ended.RemoveFirst();
            hot.Remove(oldest.Value.Key);
            histories.Forget(oldest.Value);
        }
    }

    public void Remove(Instance instance)
    {
        ended.Remove(instance);
        hot.Remove(instance.Key);
        histories.Forget(instance);
        leaving.Add(instance.Key);
    }

    public void Removed(InstanceKey key) => leaving.Remove(key);
}
