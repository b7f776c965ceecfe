using System.Diagnostics;
using System.Text.Json;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Expressions;
using Orchestration.Domain.Failures;
using Orchestration.Domain.Plans;
using Orchestration.Hosting.Errors;
using Orchestrator.Agents;
using Orchestrator.Blobs;
using Orchestrator.Dispatch;

namespace Orchestrator.Activities;

/// <summary>The work of one attempt.</summary>
internal sealed class StepWorker(
    RunMaterial material, AttemptDispatcher dispatcher, LiveAttempts live, TimeProvider clock, ILogger<StepWorker> logger)
{
    private const int KeepTries = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    public async Task<AttemptOutput> DoAsync(string runId, AttemptInput input)
    {
        using var attempt = live.Begin(runId);
        var stop = attempt.Token;
        var plan = await material.PlanOfAsync(input.Run, stop);
        var step = plan.Steps[input.Step];
        var scope = await material.ScopeAsync(input.Run, runId, plan, input.Bindings, step.ForEach?.As, input.QueuedMs, stop);
        return input.Target switch
        {
            AttemptTarget.MapResult => await MapAsync(runId, input, step.Output!, scope, "output", AttemptReport.None, stop),
            AttemptTarget.FallbackValue when step.Fallback is Fallback.Value value =>
                await MapAsync(runId, input, value.Output, scope, "fallback", AttemptReport.None, stop),
            AttemptTarget.FallbackAgent when step.Fallback is Fallback.OtherAgent other && step.Work is StepWork.CallAgent call =>
                await CallAsync(runId, input, step, call with { Agent = other.Agent, Action = other.Action ?? call.Action }, scope, stop),
            AttemptTarget.Primary when step.Work is StepWork.CallAgent call => await CallAsync(runId, input, step, call, scope, stop),
            _ => throw new UnreachableException($"step '{step.Id}' cannot be done by {input.Target}"),
        };
    }

    private async Task<AttemptOutput> CallAsync(
        string runId, AttemptInput input, PlanStep step, StepWork.CallAgent work, ExpressionScope scope, CancellationToken stop)
    {
        var content = work.Input.Evaluate(scope);
        if (!content.Succeeded)
        {
            return AttemptOutput.Failed(RunMaterial.Unusable("input", content.Error));
        }

        var (agent, unknown) = work.Agent.Evaluate(scope);
        if (agent is null)
        {
            return AttemptOutput.Failed(RunMaterial.Unusable("agent", unknown));
        }

        var call = new AgentCall(
            input.Run.Tenant,
            runId,
            input.Run.RootOf(runId),
            input.Work.Name(step.Id),
            input.Attempt,
            agent,
            work.Action,
            JsonSerializer.SerializeToUtf8Bytes(content.Value),
            TimeSpan.FromMilliseconds(input.TimeoutMs),
            input.Avoid ?? []);
        var result = await dispatcher.CallAsync(call, input.Run.Priority, DateTimeOffset.FromUnixTimeMilliseconds(input.QueuedMs), stop);
        return result switch
        {
            AgentCallResult.Completed done => await AcceptAsync(runId, input, step, done, scope, stop),
            AgentCallResult.Failed failed => AttemptOutput.Failed(failed.Failure, Report(failed.AgentId, failed.AppId, failed.Duration) with
            {
                Costs = failed.Costs.IsEmpty ? null : failed.Costs,
            }),
            AgentCallResult.NotNow wait => AttemptOutput.Wait(wait.Reason, wait.Message, wait.RetryAfter),
            _ => throw new UnreachableException($"result {result.GetType().Name}"),
        };
    }

    private async Task<AttemptOutput> AcceptAsync(
        string runId, AttemptInput input, PlanStep step, AgentCallResult.Completed done, ExpressionScope scope, CancellationToken stop)
    {
        var report = Report(done.AgentId, done.AppId, done.Duration) with { Costs = done.Costs.IsEmpty ? null : done.Costs };
        if (Parse(done.Output) is not { } result)
        {
            var failure = new Failure(
                "invalid_output", FailureClass.Permanent, $"agent '{done.AgentId}' returned no JSON", Retryable: false);
            return AttemptOutput.Failed(failure, report);
        }

        try
        {
            return step.Output is { } mapping
                ? await MapAsync(runId, input, mapping, scope with { Result = result }, "output", report, stop)
                : AttemptOutput.Completed(await KeepAsync(runId, input, result, stop), report);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The agent has answered, and its work was paid for: the attempt is spent, whatever happens here.
            Trouble.LogFailed(logger, exception, runId, nameof(InvokeAgent));
            var unkept = FailureMapping.Create(FailureCode.Unavailable, "the agent answered, but the answer could not be kept");
            return AttemptOutput.Failed(Trouble.FinalFailureOf(exception) ?? unkept, report);
        }
    }

    private async Task<AttemptOutput> MapAsync(
        string runId, AttemptInput input, Template template, ExpressionScope scope, string what, AttemptReport report, CancellationToken stop)
    {
        var value = template.Evaluate(scope);
        return value.Succeeded
            ? AttemptOutput.Completed(await KeepAsync(runId, input, value.Value, stop), report)
            : AttemptOutput.Failed(RunMaterial.Unusable(what, value.Error), report);
    }

    private async Task<RunValue> KeepAsync(string runId, AttemptInput input, JsonElement value, CancellationToken stop)
    {
        var owner = new ValueOwner(input.Run.Tenant, input.Run.RootOf(runId));
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++, pause *= 2)
        {
            try
            {
                return await material.Values.KeepAsync(owner, value, input.Limit, stop);
            }
            catch (Exception exception) when (
                attempt < KeepTries && exception is not OperationCanceledException && Trouble.FinalFailureOf(exception) is null)
            {
                await Task.Delay(pause, clock, stop);
            }
        }
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return json.IsEmpty ? JsonElement.Parse("null"u8) : JsonElement.Parse(json.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static AttemptReport Report(string agentId, string appId, TimeSpan duration) =>
        new(agentId, appId, (long)duration.TotalMilliseconds);
}
