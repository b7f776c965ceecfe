using Orchestration.Client;

namespace Launcher.Jobs;

/// <summary>Something to do on a running system.</summary>
internal interface IJob
{
    /// <summary>Does it and returns the exit code.</summary>
    Task<int> RunAsync(OrchestrationClient client, Screen screen, CancellationToken cancellationToken);
}
