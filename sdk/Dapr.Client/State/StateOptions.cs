namespace Dapr.Client;

/// <summary>How a write is done.</summary>
public class StateOptions
{
    /// <summary>When the write counts as done; null leaves it to the component.</summary>
    public ConsistencyMode? Consistency { get; set; }

    /// <summary>Which of two writers wins; null leaves it to the component.</summary>
    public ConcurrencyMode? Concurrency { get; set; }
}

/// <summary>When a write counts as done.</summary>
public enum ConsistencyMode
{
    /// <summary>When one replica has it.</summary>
    Eventual,

    /// <summary>When all, or a majority, have it.</summary>
    Strong,
}

/// <summary>Which of two writers wins.</summary>
public enum ConcurrencyMode
{
    /// <summary>The first; the other is refused. Without an ETag: only a new key is written.</summary>
    FirstWrite,

    /// <summary>The last.</summary>
    LastWrite,
}
