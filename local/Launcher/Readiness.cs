using Grpc.Core;
using Orchestration.Client;
using Orchestration.Contracts;

namespace Launcher;

/// <summary>Ready means: every app that was started says so, and every such agent process is registered and healthy.</summary>
internal static class Readiness
{
    private static readonly string[] NotAgents = ["orchestrator", "monitor", "gateway"];

    public static async Task<(SystemStatus? Status, string Missing)> AskAsync(
        HttpClient probe, OrchestrationClient client, RunFile runFile, CancellationToken cancellationToken)
    {
        var started = runFile.Apps.Where(app => app.Command.Count > 0).ToList();
        foreach (var app in started)
        {
            if (!await IsReadyAsync(probe, app, cancellationToken))
            {
                return (null, $"{app.AppID} is not ready");
            }
        }

        try
        {
            var status = await client.System.GetSystemStatusAsync(new GetSystemStatusRequest(), cancellationToken: cancellationToken);
            var registered = status.Agents.SelectMany(agent => agent.Instances).Where(instance => instance.Healthy)
                .Select(instance => instance.InstanceId).Distinct().Count();
            var expected = started.Count(app => !NotAgents.Contains(app.AppID));
            return (registered >= expected, status.Coordinator) switch
            {
                (false, _) => (null, $"{registered} of {expected} agent processes are registered"),
                (_, not "healthy") => (null, $"the coordinator is {status.Coordinator}"),
                _ => (status, ""),
            };
        }
        catch (RpcException problem)
        {
            return (null, $"the orchestrator answers {problem.StatusCode}: {StatusText.Of(problem.Status)}");
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient probe, RunFileApp app, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await probe.GetAsync(new Uri($"http://127.0.0.1:{app.HealthPort}/healthz/ready"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
