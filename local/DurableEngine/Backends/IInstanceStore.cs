using DurableEngine.History;

namespace DurableEngine.Backends;

/// <summary>Kinds of change to the store.</summary>
public enum ChangeKind
{
    /// <summary>A new, active instance; an older one of the same key is replaced together with its log.</summary>
    Create,
    Append,
    /// <summary>Removes the log; the instance stays.</summary>
    Truncate,
    /// <summary>The instance will not be loaded at start-up any more.</summary>
    Finish,
    Delete,
}

/// <summary>
/// One change. <paramref name="Number"/> identifies an instance for the life of the store and is never reused;
/// <paramref name="Sequence"/> and <paramref name="Data"/> are for <see cref="ChangeKind.Append"/>.
/// </summary>
public readonly record struct StoreChange(ChangeKind Kind, long Number, InstanceKey Key, int Sequence, byte[] Data);

/// <summary>An instance as stored: its log rows in order.</summary>
public sealed record StoredInstance(long Number, InstanceKey Key, bool Finished, IReadOnlyList<byte[]> Log);

/// <summary>
/// Where instances live. One writer calls <see cref="Commit"/>; the reading methods may be called beside it and see
/// committed changes only.
/// </summary>
public interface IInstanceStore : IDisposable
{
    /// <summary>All changes or none; when it returns they survive the death of the process and of the machine.</summary>
    void Commit(IReadOnlyList<StoreChange> changes);

    /// <summary>The largest number in use, 0 when empty.</summary>
    long LastNumber();

    IEnumerable<StoredInstance> LoadActive();

    StoredInstance? Load(InstanceKey key);

    /// <summary>Ids of an app in ordinal order, starting after <paramref name="after"/>.</summary>
    IReadOnlyList<string> ListIds(string app, string? after, int count);
}
