namespace Dapr.Client;

/// <summary>One operation of a transaction.</summary>
public sealed class StateTransactionRequest
{
    /// <summary>How the write is done.</summary>
    public StateOptions? Options;

    /// <summary>Makes an operation.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The bytes to write as they are; null when deleting.</param>
    /// <param name="operationType">What to do.</param>
    /// <param name="etag">Version that must not have changed; null does not check.</param>
    /// <param name="metadata">Passed to the component, for example ttlInSeconds.</param>
    /// <param name="options">How the write is done.</param>
    public StateTransactionRequest(
        string key,
        byte[]? value,
        StateOperationType operationType,
        string? etag = null,
        IReadOnlyDictionary<string, string>? metadata = null,
        StateOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        Key = key;
        Value = value;
        OperationType = operationType;
        ETag = etag;
        Metadata = metadata;
        Options = options;
    }

    /// <summary>The key.</summary>
    public string Key { get; }

    /// <summary>The bytes to write as they are.</summary>
    public byte[]? Value { get; set; }

    /// <summary>What to do.</summary>
    public StateOperationType? OperationType { get; set; }

    /// <summary>Version that must not have changed.</summary>
    public string? ETag { get; set; }

    /// <summary>Passed to the component.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; set; }
}

/// <summary>What an operation does.</summary>
public enum StateOperationType
{
    /// <summary>Writes.</summary>
    Upsert,

    /// <summary>Deletes.</summary>
    Delete,
}
