using Orchestration.Client;

namespace Launcher.Jobs;

/// <summary>Something to do on a running system.</summary>
internal interface IJob
{
    /// <summary>True from the moment at which a run may have been accepted.</summary>
    bool HasBegun { get; }

    /// <summary>Does it and returns the exit code.</summary>
    Task<int> RunAsync(OrchestrationClient client, Screen screen, CancellationToken cancellationToken);
}
