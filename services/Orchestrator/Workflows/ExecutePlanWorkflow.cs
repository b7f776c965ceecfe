using Dapr.Workflow;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;
using Orchestration.Domain.Planning;
using Orchestrator.Activities;

namespace Orchestrator.Workflows;

/// <summary>
/// Drives one run from its first step to its last: what has happened is folded into the state, the scheduler says what
/// follows, and that is started. A run that fails returns so; an exception means a bug, and the run still says that it failed.
/// </summary>
internal sealed partial class ExecutePlanWorkflow : Workflow<RunStart, RunResult>
{
    public const string Name = nameof(ExecutePlanWorkflow);

    public override async Task<RunResult> RunAsync(WorkflowContext context, RunStart input)
    {
        var told = new ToldFacts(input.Origin, input.Resume);
        try
        {
            return await DriveAsync(context, input, told);
        }
#pragma warning disable CA1031 // The edge of the workflow: a run must not end without a word. A replay comes here in the same way.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            LogBug(context.CreateReplaySafeLogger<ExecutePlanWorkflow>(), bug, context.InstanceId);
            return await EndBrokenAsync(context, input, told);
        }
    }

    private static async Task<RunResult> DriveAsync(WorkflowContext context, RunStart input, ToldFacts told)
    {
        var inbox = new Inbox();
        var clock = new RunClock(context, DateTimeOffset.FromUnixTimeMilliseconds(input.Run.StartedMs));
        var state = await OpenAsync(context, clock, input);
        using var leaving = new CancellationTokenSource();
        var commands = new CommandRunner(context, input, state, inbox, told, leaving);
        commands.Listen();
        while (true)
        {
            foreach (var command in Scheduler.Next(state))
            {
                if (command is Command.Renew renew)
                {
                    return commands.Renew(renew);
                }

                commands.Start(command);
            }

            if (state.Result is { } result)
            {
                return result;
            }

            state.Apply(await inbox.NextAsync(), clock.Now);
        }
    }

    private static async Task<RunResult> EndBrokenAsync(WorkflowContext context, RunStart input, ToldFacts told)
    {
        var started = DateTimeOffset.FromUnixTimeMilliseconds(input.Run.StartedMs);
        var now = new RunClock(context, started).Now;
        var failure = new Failure(
            FailureCode.Internal, FailureClass.System, "the orchestrator failed at driving the run", Retryable: false);
        var ending = new RunResult(RunOutcome.Failed, null, failure, (long)(now - started).TotalMilliseconds);
        var last = new FinishInput(input.Run, ending, null, 0, told.NextSequence, told.Undelivered, now.ToUnixTimeMilliseconds());
        await CommandRunner.FinishAsync(context, last);
        return ending;
    }

    private static Failure UnknownRules(int version) => new(
        FailureCode.FailedPrecondition,
        FailureClass.System,
        $"the run is driven by the rules of scheduler {version}; this orchestrator knows those up to {ExecutionPlan.CurrentSchedulerVersion}",
        Retryable: false);

    [LoggerMessage(1, LogLevel.Error, "Run {RunId} ends because of a bug in the orchestrator.")]
    private static partial void LogBug(ILogger logger, Exception bug, string runId);

    private static async Task<ExecutionState> OpenAsync(WorkflowContext context, RunClock clock, RunStart input)
    {
        if (input.Scheduler > ExecutionPlan.CurrentSchedulerVersion)
        {
            return ExecutionState.Refused(context.InstanceId, UnknownRules(input.Scheduler), input.Origin, clock.Now);
        }

        if (input is { Resume: { } snapshot, Outline: { } known })
        {
            return new ExecutionState(context.InstanceId, known, input.Inputs ?? RunValue.Null, input.Limits, input.Origin, snapshot);
        }

        var (outline, inputs) = (input.Outline, input.Inputs);
        if (outline is null)
        {
            var prepared = await context.CallActivityAsync<PreparedRun>(
                nameof(PrepareRun), new PrepareInput(input.Run, input.Parent!), CommandRunner.Insist);
            if (prepared.Failure is { } failure)
            {
                return ExecutionState.Refused(context.InstanceId, failure, input.Origin, clock.Now);
            }

            (outline, inputs) = (prepared.Outline, prepared.Inputs);
        }

        return new ExecutionState(context.InstanceId, outline!, inputs ?? RunValue.Null, input.Limits, input.Origin, clock.Now);
    }
}

/// <summary>The time of the turn; before the first turn has set it, the time the run was accepted.</summary>
internal sealed class RunClock(WorkflowContext context, DateTimeOffset started)
{
    public DateTimeOffset Now
    {
        get
        {
            var now = new DateTimeOffset(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Utc));
            return now > started ? now : started;
        }
    }
}
