using System.Globalization;
using System.Text.Json;
using Grpc.Core;
using Orchestration.Client;
using Orchestration.Contracts.Agents;

namespace Cli.Conformance;

/// <summary>What calls of one skill must do.</summary>
internal sealed class SkillRules(
    AgentTarget target, string instanceId, AgentDescriptor agent, SkillDescriptor skill, ConformanceReport report)
{
    // Longer ones are too long to tell a frozen agent from a quiet one in time.
    private const int LongestKeepAlive = 500;

    private readonly string subject = $"{agent.AgentId}/{skill.Name}";
    private readonly string step = $"{agent.AgentId}-{skill.Name}";

    public async Task CheckAsync(bool describeOnly, CancellationToken cancellationToken)
    {
        await RefusesAsync("input that is not JSON is INVALID_ARGUMENT with failure-code", "{", cancellationToken);
        if (SampleInput.Misfit(skill.InputSchema) is { } misfit)
        {
            await RefusesAsync("input that does not fit the schema is INVALID_ARGUMENT with failure-code", misfit, cancellationToken);
        }
        else
        {
            report.Skip(subject, "input that does not fit the schema is INVALID_ARGUMENT with failure-code",
                "the schema accepts everything");
        }

        if (describeOnly)
        {
            report.Skip(subject, "a call ends with exactly one result or failure", "no skill is called");
            return;
        }

        await EndsOnceAsync(cancellationToken);
        await CanBeCancelledAsync(cancellationToken);
    }

    private async Task RefusesAsync(string rule, string input, CancellationToken cancellationToken)
    {
        var outcome = await target.CallAsync(agent.AgentId, skill.Name, input, step + "-refused", cancellationToken);
        report.Add(subject, rule, outcome.RefusalProblem(StatusCode.InvalidArgument));
    }

    private async Task EndsOnceAsync(CancellationToken cancellationToken)
    {
        var outcome = await target.CallAsync(agent.AgentId, skill.Name, SampleInput.For(skill.InputSchema), step, cancellationToken);
        report.Add(subject, "a call ends with exactly one result or failure, and with status OK", EndProblem(outcome));
        report.Add(subject, "a call names the instance in its headers, as Describe does", InstanceProblem(
            outcome.Headers.GetValue("agent-instance") ?? ""));
        report.Add(subject, "keepalive-ms is at most 500, when a call announces it", KeepAliveProblem(
            outcome.Headers.GetValue("keepalive-ms")));
        var percents = outcome.Messages.Where(m => m.Progress is not null).Select(m => m.Progress.Percent).ToList();
        report.Add(
            subject,
            "progress is 0 to 100 and never falls",
            percents.Exists(p => p is < 0 or > 100) || !percents.SequenceEqual(percents.Order()) ? string.Join(", ", percents) : null);
    }

    // Another replica than the one that described itself may have answered.
    private string? InstanceProblem(string named) => named.Length > 0 && (named == instanceId || target.AppId is not null)
        ? null
        : $"agent-instance is '{named}', Describe says '{instanceId}'";

    private static string? KeepAliveProblem(string? announced) =>
        announced is null || (int.TryParse(announced, CultureInfo.InvariantCulture, out var interval)
            && interval is >= 0 and <= LongestKeepAlive) ? null : $"it is '{announced}'";

    private static string? EndProblem(CallOutcome outcome)
    {
        if (!outcome.Ended)
        {
            return $"it was {outcome}";
        }

        var ends = outcome.Messages.Count(IsEnd);
        if (ends != 1 || !IsEnd(outcome.Messages[^1]))
        {
            return ends == 1 ? "messages follow the result" : $"there are {ends}";
        }

        return outcome.Messages[^1] switch
        {
            { Result: { } result } => IsJson(result.Output.Memory) ? null : "the output is not JSON",
            { Failure: { } failure } => FailureProblem(failure),
            _ => null,
        };
    }

    private static string? FailureProblem(Failure failure) =>
        failure.Code.Length == 0 ? "the failure has no code"
        : failure.FailureClass == FailureClass.Unspecified ? "the failure has no class"
        : failure.Message.Length == 0 ? "the failure has no message"
        : failure.RetryAfterMs < 0 ? "retry_after_ms is negative"
        : null;

    private async Task CanBeCancelledAsync(CancellationToken cancellationToken)
    {
        const string rule = "a call that is cancelled ends at once, as cancelled or as done";
        using var call = target.Start(
            agent.AgentId, skill.Name, SampleInput.For(skill.InputSchema), step + "-cancelled", cancellationToken);
        try
        {
            var answer = await target.CancelAsync(AgentTarget.KeyOf(step + "-cancelled"), cancellationToken);
            if (target.AppId is not null && !answer.Found)
            {
                report.Skip(subject, rule,
                    "Cancel did not find the call, perhaps because it reached another replica; check one at its own --address");
                return;
            }
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            report.Add(subject, rule, $"Cancel: {exception.StatusCode}: {StatusText.Of(exception.Status)}");
            return;
        }

        var outcome = await AgentTarget.EndAsync(call, cancellationToken);
        report.Add(subject, rule, outcome.Status.StatusCode is StatusCode.Cancelled ? null : EndProblem(outcome));
    }

    private static bool IsEnd(ExecuteResponse message) =>
        message.EventCase is ExecuteResponse.EventOneofCase.Result or ExecuteResponse.EventOneofCase.Failure;

    private static bool IsJson(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
