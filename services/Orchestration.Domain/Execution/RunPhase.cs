namespace Orchestration.Domain.Execution;

/// <summary>What a run is busy with.</summary>
internal enum RunPhase
{
    /// <summary>Its steps; left when the last has ended, a critical one failed, time is up or somebody cancels.</summary>
    Running,

    /// <summary>Telling what is in flight to stop; left by the answer.</summary>
    Stopping,

    /// <summary>The fallback plan; left when its run ends.</summary>
    FallingBack,

    /// <summary>Ready for its last activity; left when the scheduler has handed that out.</summary>
    Ending,

    /// <summary>Its last activity; left by the answer.</summary>
    Finishing,

    /// <summary>Nothing.</summary>
    Ended,
}
