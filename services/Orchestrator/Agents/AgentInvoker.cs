using Microsoft.Extensions.Options;
using Orchestration.Domain.Failures;
using Orchestration.Hosting.Errors;
using Orchestrator.Agents.Registry;
using Orchestrator.Agents.Routing;

namespace Orchestrator.Agents;

/// <summary>
/// Finds an agent for a call, makes it, and moves it elsewhere at once when the agent is lost: to another app only when none
/// has begun the work.
/// An agent that is known and away, or full, is a "not now" and spends no attempt; an agent that nobody ever registered is a
/// failure for good, because the plan was checked against the registry before the run was accepted.
/// </summary>
internal sealed partial class AgentInvoker(
    AgentRegistry registry, AgentRouter router, AgentClient client, IOptions<AgentsOptions> options, TimeProvider time, ILogger<AgentInvoker> logger)
{
    private static readonly TimeSpan LoadPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan UnreachableAdvice = TimeSpan.FromSeconds(1);

    /// <param name="onLive">Called in order for what the agent says while it works.</param>
    /// <exception cref="OperationCanceledException">The caller does not want the result any more; the agent was told.</exception>
    public async Task<AgentCallResult> InvokeAsync(AgentCall call, Func<AgentLive, ValueTask> onLive, CancellationToken cancellationToken)
    {
        if (!await IsLoadedAsync(cancellationToken))
        {
            return new AgentCallResult.NotNow(FailureCode.NoAgent, "The agent registry has not been read yet.", UnreachableAdvice);
        }

        var attempt = new Attempt(call, time.GetTimestamp(), time.GetUtcNow().UtcDateTime + call.Timeout);
        while (true)
        {
            switch (router.Choose(
                call.Tenant, call.Agent, call.Action, attempt.Without, [.. call.Avoid, .. attempt.LostAt], attempt.BegunAt))
            {
                case AgentRoute.To to:
                    LogRouted(logger, call.RunId, call.StepId, call.Attempt, to.Decision);
                    if (await CallAsync(attempt, to, onLive, cancellationToken) is { } end)
                    {
                        return end;
                    }

                    break;
                case AgentRoute.NotNow later:
                    return attempt.Nowhere(later, time.GetElapsedTime(attempt.Since));
                case AgentRoute.Unknown unknown:
                    return new AgentCallResult.Failed(
                        new Failure(FailureCode.NoAgent, FailureClass.Permanent, unknown.Message, Retryable: false), [], "", "", "", TimeSpan.Zero);
            }
        }
    }

    /// <summary>Null means: try the next one.</summary>
    private async Task<AgentCallResult?> CallAsync(
        Attempt attempt, AgentRoute.To to, Func<AgentLive, ValueTask> onLive, CancellationToken cancellationToken)
    {
        using var place = to.Place;
        var agent = to.Agent.Key;
        var begun = time.GetTimestamp();
        var answer = await client.ExecuteAsync(agent, attempt.Call, attempt.Deadline, onLive, cancellationToken);
        var duration = time.GetElapsedTime(begun);
        switch (answer)
        {
            case AgentAnswer.Result result:
                place.Note(duration, fault: false);
                return new AgentCallResult.Completed(result.Output, result.Costs, agent.AgentId, agent.AppId, result.InstanceId, duration);
            case AgentAnswer.Failed failed:
                place.Note(duration, fault: failed.Failure.Class is FailureClass.System or FailureClass.Transient);
                return new AgentCallResult.Failed(failed.Failure, failed.Costs, agent.AgentId, agent.AppId, failed.InstanceId, duration);
            case AgentAnswer.Refused refused:
                attempt.RefusedBy(agent, refused.Failure);
                return null;
            case AgentAnswer.Lost lost:
                place.Note(duration, fault: true);
                LogLost(logger, attempt.Call.RunId, attempt.Call.StepId, agent, lost.InstanceId, lost.Why);
                registry.ReportLost(new InstanceKey(agent.AppId, lost.InstanceId));
                attempt.Lose(agent, lost);
                return attempt.Losses > options.Value.MaxReroutes
                    ? attempt.GiveUp(time.GetElapsedTime(attempt.Since), UnreachableAdvice)
                    : null;
            default:
                throw new System.Diagnostics.UnreachableException(answer.GetType().Name);
        }
    }

    private async Task<bool> IsLoadedAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(registry.Loaded, Task.Delay(LoadPatience, time, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return registry.Loaded.IsCompleted;
    }

    [LoggerMessage(1, LogLevel.Information, "Routed {Run} {Step} attempt {Attempt} to {Decision}.")]
    private static partial void LogRouted(ILogger logger, string run, string step, int attempt, RouteDecision decision);

    [LoggerMessage(2, LogLevel.Warning, "Lost {Run} {Step} at {Agent}, instance '{Instance}': {Why}.")]
    private static partial void LogLost(ILogger logger, string run, string step, AgentKey agent, string instance, string why);

    /// <summary>What happened to one attempt so far.</summary>
    private sealed class Attempt(AgentCall call, long since, DateTime deadline)
    {
        private AgentKey lastLost;
        private AgentAnswer.Lost? begun;
        private Failure? refusal;

        public AgentCall Call => call;

        public long Since => since;

        public DateTime Deadline => deadline;

        public HashSet<string> Without { get; } = [];

        public List<string> LostAt { get; } = [];

        /// <summary>
        /// The app that has begun the work; null when none has. Its replicas share the claims of effects; other apps do not know them.
        /// </summary>
        public string? BegunAt => begun is null ? null : lastLost.AppId;

        public int Losses => LostAt.Count;

        public void RefusedBy(AgentKey agent, Failure failure)
        {
            Without.Add(agent.AppId);

            // "Full" outweighs "has no such skill": the one that is full can do it later.
            refusal = refusal is { Code: FailureCode.Saturated } ? refusal : failure;
        }

        public void Lose(AgentKey agent, AgentAnswer.Lost lost)
        {
            LostAt.Add(agent.AppId);
            if (lost.InstanceId.Length > 0)
            {
                (begun, lastLost) = (lost, agent);
            }
        }

        /// <summary>Nobody is left to try.</summary>
        public AgentCallResult Nowhere(AgentRoute.NotNow later, TimeSpan duration) => refusal switch
        {
            _ when begun is not null => GiveUp(duration, later.RetryAfter),
            { Code: FailureCode.Saturated } full =>
                new AgentCallResult.NotNow(FailureCode.Saturated, full.Message, full.RetryAfter ?? later.RetryAfter),
            { } other => new AgentCallResult.Failed(other, [], "", "", "", duration),
            _ => new AgentCallResult.NotNow(later.Reason, later.Message, later.RetryAfter),
        };

        /// <summary>An attempt that an agent had begun is spent; one that reached nobody is not.</summary>
        public AgentCallResult GiveUp(TimeSpan duration, TimeSpan retryAfter) => begun is { } lost
            ? new AgentCallResult.Failed(
                FailureMapping.Create(FailureCode.AgentLost, $"The connection to {lastLost} broke: {lost.Why}."),
                [], lastLost.AgentId, lastLost.AppId, lost.InstanceId, duration)
            : new AgentCallResult.NotNow(FailureCode.NoAgent, $"{string.Join(", ", LostAt.Distinct())} cannot be reached.", retryAfter);
    }
}
