namespace Dapr.Client;

/// <summary>A value of a bulk read, as text.</summary>
public readonly struct BulkStateItem(string key, string value, string etag)
{
    /// <summary>Its key.</summary>
    public string Key { get; } = key;

    /// <summary>Its text; empty when the key is missing.</summary>
    public string Value { get; } = value;

    /// <summary>Its version; empty when the key is missing.</summary>
    public string ETag { get; } = etag;
}

/// <summary>A value of a bulk read.</summary>
public readonly struct BulkStateItem<TValue>(string key, TValue value, string etag)
{
    /// <summary>Its key.</summary>
    public string Key { get; } = key;

    /// <summary>The value; the default of the type when the key is missing.</summary>
    public TValue Value { get; } = value;

    /// <summary>Its version; empty when the key is missing.</summary>
    public string ETag { get; } = etag;
}

/// <summary>A value of a bulk write.</summary>
public readonly struct SaveStateItem<TValue>(
    string key, TValue value, string? etag, StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null)
{
    /// <summary>Its key.</summary>
    public string Key { get; } = key;

    /// <summary>The value.</summary>
    public TValue Value { get; } = value;

    /// <summary>Version that must not have changed; null does not check.</summary>
    public string? ETag { get; } = etag;

    /// <summary>How the write is done.</summary>
    public StateOptions? StateOptions { get; } = stateOptions;

    /// <summary>Passed to the component.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; } = metadata;
}

/// <summary>A key of a bulk deletion.</summary>
public readonly struct BulkDeleteStateItem(
    string key, string? etag, StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null)
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;

    /// <summary>Version that must not have changed; null does not check.</summary>
    public string? ETag { get; } = etag;

    /// <summary>How the write is done.</summary>
    public StateOptions? StateOptions { get; } = stateOptions;

    /// <summary>Passed to the component.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; } = metadata;
}
