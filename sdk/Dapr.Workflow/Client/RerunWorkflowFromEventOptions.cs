namespace Dapr.Workflow.Client;

/// <summary>How an instance is run again.</summary>
public sealed class RerunWorkflowFromEventOptions
{
    /// <summary>Id of the new instance; null lets the sidecar choose.</summary>
    public string? NewInstanceId { get; set; }

    /// <summary>Input of the event that is issued again, used when <see cref="OverwriteInput"/> is set.</summary>
    public object? Input { get; set; }

    /// <summary>Whether <see cref="Input"/> replaces the recorded one.</summary>
    public bool OverwriteInput { get; set; }
}
