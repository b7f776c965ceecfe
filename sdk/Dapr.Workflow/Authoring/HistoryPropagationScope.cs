namespace Dapr.Workflow;

/// <summary>How much history a called task gets.</summary>
public enum HistoryPropagationScope
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>That of the calling workflow.</summary>
    OwnHistory = 1,

    /// <summary>That of the calling workflow and of its callers.</summary>
    Lineage = 2,
}
