using System.Collections;

namespace Grpc.Core;

/// <summary>
/// Headers or trailers of a call, in order; a key may occur several times. Keys ending in <see cref="BinaryHeaderSuffix"/>
/// carry bytes, all others ASCII text.
/// </summary>
public sealed partial class Metadata : IList<Metadata.Entry>
{
    /// <summary>The end of every key whose value is binary.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>No entries; cannot be changed.</summary>
    public static readonly Metadata Empty = new(isReadOnly: true);

    private readonly List<Entry> _entries = [];

    /// <summary>Creates empty metadata.</summary>
    public Metadata()
        : this(isReadOnly: false)
    {
    }

    private Metadata(bool isReadOnly) => IsReadOnly = isReadOnly;

    /// <summary>The number of entries.</summary>
    public int Count => _entries.Count;

    /// <summary>Whether changing the metadata throws.</summary>
    public bool IsReadOnly { get; }

    /// <summary>The entry at a position.</summary>
    /// <param name="index">The position, from 0.</param>
    /// <exception cref="InvalidOperationException">Set, and the metadata is read-only.</exception>
    public Entry this[int index]
    {
        get => _entries[index];
        set => Writable()[index] = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The last entry with a key, whatever the case of its letters; null when there is none.</summary>
    /// <param name="key">The key.</param>
    public Entry? Get(string key) => _entries.FindLast(entry => entry.Is(key));

    /// <summary>The text of the last entry with a key; null when there is none.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="InvalidOperationException">The entry is binary.</exception>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>The bytes of the last entry with a key (of a text entry: its ASCII encoding); null when there is none.</summary>
    /// <param name="key">The key.</param>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>All entries with a key, in order.</summary>
    /// <param name="key">The key.</param>
    public IEnumerable<Entry> GetAll(string key) => _entries.Where(entry => entry.Is(key));

    /// <summary>Appends a text entry.</summary>
    /// <param name="key">Letters, digits, '.', '_' and '-', not ending in "-bin"; becomes lower case.</param>
    /// <param name="value">ASCII text.</param>
    public void Add(string key, string value) => Add(new Entry(key, value));

    /// <summary>Appends a binary entry.</summary>
    /// <param name="key">Letters, digits, '.', '_' and '-', ending in "-bin"; becomes lower case.</param>
    /// <param name="valueBytes">The value; it is copied.</param>
    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    /// <summary>Appends an entry.</summary>
    /// <param name="item">The entry.</param>
    /// <exception cref="InvalidOperationException">The metadata is read-only.</exception>
    public void Add(Entry item) => Writable().Add(item ?? throw new ArgumentNullException(nameof(item)));

    /// <summary>Puts an entry before the one at a position.</summary>
    /// <param name="index">The position, from 0.</param>
    /// <param name="item">The entry.</param>
    /// <exception cref="InvalidOperationException">The metadata is read-only.</exception>
    public void Insert(int index, Entry item) => Writable().Insert(index, item ?? throw new ArgumentNullException(nameof(item)));

    /// <summary>Removes the first occurrence of an entry and says whether there was one.</summary>
    /// <param name="item">The entry.</param>
    /// <exception cref="InvalidOperationException">The metadata is read-only.</exception>
    public bool Remove(Entry item) => Writable().Remove(item);

    /// <summary>Removes the entry at a position.</summary>
    /// <param name="index">The position, from 0.</param>
    /// <exception cref="InvalidOperationException">The metadata is read-only.</exception>
    public void RemoveAt(int index) => Writable().RemoveAt(index);

    /// <summary>Removes all entries.</summary>
    /// <exception cref="InvalidOperationException">The metadata is read-only.</exception>
    public void Clear() => Writable().Clear();

    /// <summary>The position of an entry; -1 when it is not there.</summary>
    /// <param name="item">The entry.</param>
    public int IndexOf(Entry item) => _entries.IndexOf(item);

    /// <summary>Whether an entry is there.</summary>
    /// <param name="item">The entry.</param>
    public bool Contains(Entry item) => _entries.Contains(item);

    /// <summary>Copies all entries.</summary>
    /// <param name="array">Where to.</param>
    /// <param name="arrayIndex">The first position written.</param>
    public void CopyTo(Entry[] array, int arrayIndex) => _entries.CopyTo(array, arrayIndex);

    /// <summary>Walks the entries in order.</summary>
    public IEnumerator<Entry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private List<Entry> Writable() => IsReadOnly ? throw new InvalidOperationException("Object is read only.") : _entries;
}
