using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orchestration.Contracts;
using Orchestration.Domain.Budgets;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;
using Orchestration.Domain.Plans;
using Orchestrator.Blobs;
using Orchestrator.Workflows;
using Contract = Orchestration.Contracts.Agents;

namespace Orchestrator.Runs;

/// <summary>Facts of a run as the events others see.</summary>
/// <param name="plan">Null when it is lost: steps are then named by position.</param>
internal sealed class RunEventMapping(RunRef run, string runId, Plan? plan)
{
    private static readonly Plan Lost = new() { Id = "", Version = "", Steps = [] };

    private readonly Plan _plan = plan ?? Lost;
    private readonly ValueOwner _owner = new(run.Tenant, run.RootOf(runId));

    public RunEvent Map(RunFact fact)
    {
        var mapped = NewEvent(fact.Sequence, fact.TimeMs, fact.Type);
        mapped.Attempt = fact.Attempt;
        if (fact.Work is { } work)
        {
            mapped.StepId = work.Name(StepId(work.Step));
        }

        switch (fact.Detail)
        {
            case FactDetail.Accepted accepted:
                mapped.RunAccepted = Map(accepted);
                break;
            case FactDetail.StepEnd end:
                mapped.StepEnded = Map(fact.Type, end);
                break;
            case FactDetail.Waiting waiting:
                mapped.StepWaiting = Map(waiting);
                break;
            case FactDetail.Child child:
                mapped.ChildStarted = new ChildStarted { ChildRunId = child.RunId };
                break;
            default:
                mapped.StepEnded = StateOf(fact.Type) is { } state ? new StepEnded { State = state } : null;
                break;
        }

        return mapped;
    }

    public RunEvent MapEnd(RunEnd end)
    {
        var mapped = NewEvent(end.Sequence, end.TimeMs, TypeOf(end.Result.Outcome));
        mapped.RunEnded = new RunEnded { State = StateOf(end.Result.Outcome), Failure = MapFailure(end.Result.Failure) };
        if (end.Result.Output is { } output)
        {
            mapped.RunEnded.Output = ToBytes(output);
        }

        return mapped;
    }

    public static Contract.Failure? MapFailure(Failure? failure) => failure is null ? null : new Contract.Failure
    {
        Code = failure.Code,
        FailureClass = failure.Class switch
        {
            FailureClass.Transient => Contract.FailureClass.Transient,
            FailureClass.Permanent => Contract.FailureClass.Permanent,
            FailureClass.Business => Contract.FailureClass.Business,
            _ => Contract.FailureClass.System,
        },
        Message = failure.Message,
        Retryable = failure.Retryable,
        RetryAfterMs = (long)(failure.RetryAfter ?? TimeSpan.Zero).TotalMilliseconds,
    };

    private string StepId(int step) =>
        step < _plan.Steps.Length ? _plan.Steps[step].Id : string.Create(CultureInfo.InvariantCulture, $"#{step}");

    private RunEvent NewEvent(long sequence, long timeMs, string type) => new()
    {
        Tenant = run.Tenant,
        RunId = runId,
        RootRunId = _owner.RootRunId,
        Sequence = sequence,
        Time = ToTimestamp(timeMs),
        Type = type,
    };

    private RunAccepted Map(FactDetail.Accepted accepted)
    {
        var mapped = new RunAccepted
        {
            PlanId = _plan.Id,
            PlanVersion = _plan.Version,
            ContentHash = PlanStore.ToPublic(run.Plan),
            ParentRunId = accepted.ParentRunId ?? "",
            ParentStepId = accepted.ParentStep ?? "",
            Actor = accepted.Actor,
            StepIds = { _plan.Steps.Select(step => step.Id) },
        };
        mapped.Labels.Add(_plan.Labels);
        foreach (var (name, value) in accepted.Labels ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            mapped.Labels[name] = value;
        }

        return mapped;
    }

    private StepEnded Map(string type, FactDetail.StepEnd end)
    {
        var report = end.Report ?? AttemptReport.None;
        var mapped = new StepEnded
        {
            State = StateOf(type) ?? StepState.Unspecified,
            Failure = MapFailure(end.Failure),
            AgentId = report.AgentId,
            AppId = report.AppId,
            DurationMs = report.DurationMs,
            Costs = { (report.Costs ?? []).Select(Map) },
        };
        if (end.Output is { } output)
        {
            mapped.Output = ToBytes(output);
        }

        return mapped;
    }

    private static StepWaiting Map(FactDetail.Waiting waiting)
    {
        var report = waiting.Report ?? AttemptReport.None;
        return new StepWaiting
        {
            Reason = waiting.Reason,
            Message = waiting.Message.Length > 0 ? waiting.Message : waiting.Failure?.Message ?? "",
            Until = waiting.UntilMs == 0 ? null : ToTimestamp(waiting.UntilMs),
            Failure = MapFailure(waiting.Failure),
            AgentId = report.AgentId,
            AppId = report.AppId,
            DurationMs = report.DurationMs,
            Costs = { (report.Costs ?? []).Select(Map) },
            Items = waiting.Items,
        };
    }

    private static Contract.Cost Map(CallCost cost) => new()
    {
        Call = cost.Call,
        Provider = cost.Provider,
        Model = cost.Model,
        InputTokens = cost.InputTokens,
        OutputTokens = cost.OutputTokens,
        Nanos = cost.Nanos,
        Attempt = cost.Attempt,
    };

    private static StepState? StateOf(string type) => type switch
    {
        FactType.StepCompleted => StepState.StepCompleted,
        FactType.StepFailed => StepState.StepFailed,
        FactType.StepSkipped => StepState.StepSkipped,
        FactType.StepCancelled => StepState.StepCancelled,
        _ => null,
    };

    private static RunState StateOf(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Completed => RunState.RunCompleted,
        RunOutcome.CompletedWithErrors => RunState.RunCompletedWithErrors,
        RunOutcome.Cancelled => RunState.RunCancelled,
        RunOutcome.TimedOut => RunState.RunTimedOut,
        _ => RunState.RunFailed,
    };

    private static string TypeOf(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Completed or RunOutcome.CompletedWithErrors => FactType.RunCompleted,
        RunOutcome.Cancelled => FactType.RunCancelled,
        RunOutcome.TimedOut => FactType.RunTimedOut,
        _ => FactType.RunFailed,
    };

    private ByteString ToBytes(RunValue value) =>
        ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(ValueStore.ToPublic(_owner, value)));

    private static Timestamp ToTimestamp(long ms) => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(ms));
}

/// <summary>The last event of a run.</summary>
internal sealed record RunEnd(long Sequence, long TimeMs, RunResult Result);
