using Microsoft.Extensions.Logging;

namespace Orchestration.Hosting;

/// <summary>Puts the ids of a run into the scope of log messages.</summary>
public static class RunScope
{
    /// <summary>Messages logged until the result is disposed carry the ids.</summary>
    /// <param name="stepId">Empty for work on the run itself.</param>
    public static IDisposable? BeginRun(this ILogger logger, string runId, string stepId = "") =>
        logger.BeginScope(stepId.Length == 0
            ? [new("run", runId)]
            : new KeyValuePair<string, object>[] { new("run", runId), new("step", stepId) });
}
