using Dapr.Client;

namespace Dapr;

/// <summary>A value of a store that was read and can be saved or deleted.</summary>
/// <param name="client">Client it came from.</param>
/// <param name="storeName">State component.</param>
/// <param name="key">Its key.</param>
/// <param name="value">Its value.</param>
/// <param name="etag">Version of the value when it was read.</param>
public sealed class StateEntry<TValue>(DaprClient client, string storeName, string key, TValue value, string etag)
{
    /// <summary>State component.</summary>
    public string StoreName { get; } = storeName;

    /// <summary>Its key.</summary>
    public string Key { get; } = key;

    /// <summary>Its value; change it and save.</summary>
    public TValue Value { get; set; } = value;

    /// <summary>Version of the value when it was read; not changed by saving.</summary>
    public string ETag { get; } = etag;

    /// <summary>Writes the value, whatever is there.</summary>
    public Task SaveAsync(
        StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default) =>
        client.SaveStateAsync(StoreName, Key, Value, stateOptions, metadata, cancellationToken);

    /// <summary>Writes the value if nobody has changed it since it was read.</summary>
    /// <returns>False when somebody has.</returns>
    public Task<bool> TrySaveAsync(
        StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default) =>
        client.TrySaveStateAsync(StoreName, Key, Value, ETag, stateOptions, metadata, cancellationToken);

    /// <summary>Deletes the value, whatever is there.</summary>
    public Task DeleteAsync(
        StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default) =>
        client.DeleteStateAsync(StoreName, Key, stateOptions, metadata, cancellationToken);

    /// <summary>Deletes the value if nobody has changed it since it was read.</summary>
    /// <returns>False when somebody has.</returns>
    public Task<bool> TryDeleteAsync(
        StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default) =>
        client.TryDeleteStateAsync(StoreName, Key, ETag, stateOptions, metadata, cancellationToken);
}
