using System.Diagnostics;
using Dapr.Workflow;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;
using Orchestrator.Activities;

namespace Orchestrator.Workflows;

/// <summary>Starts what the scheduler decided and puts the answers into the inbox. Nothing here waits: the workflow does.</summary>
internal sealed class CommandRunner(
    WorkflowContext context, RunStart start, ExecutionState state, Inbox inbox, ToldFacts told, CancellationTokenSource leaving)
{
    /// <summary>For the engine's own activities: they fail only while something it stands on is down, and then they are repeated.</summary>
    public static WorkflowTaskOptions Insist { get; } = new(new WorkflowRetryPolicy(
        maxNumberOfAttempts: int.MaxValue,
        firstRetryInterval: TimeSpan.FromSeconds(1),
        backoffCoefficient: 2,
        maxRetryInterval: TimeSpan.FromSeconds(60)));

    // The broker may be away for days, and each try stands in the history.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    public void Start(Command command) => _ = WatchAsync(command switch
    {
        Command.StartAttempt attempt => AttemptAsync(attempt),
        Command.StartChild child => ChildAsync(child),
        Command.EvaluateEntry entry => EntryAsync(entry),
        Command.StartTimer timer => TimerAsync(timer),
        Command.Publish publish => PublishAsync(publish),
        Command.Stop stop => StopAsync(stop),
        Command.Pack pack => PackAsync(pack),
        Command.Finish finish => FinishAsync(finish),
        _ => throw new UnreachableException($"command {command.GetType().Name}"),
    });

    /// <summary>Takes in what is sent to the run from outside, for as long as it lasts.</summary>
    public void Listen() => _ = WatchAsync(ListenAsync());

    /// <summary>Leaves this history behind. What is sent from now on is for the next one.</summary>
    /// <returns>Nothing that anybody sees.</returns>
    public RunResult Renew(Command.Renew command)
    {
        leaving.Cancel();
        context.ContinueAsNew(start with { Outline = command.Outline, Inputs = command.Inputs, Resume = command.Snapshot });
        return new RunResult(RunOutcome.Completed, null, null, 0);
    }

    private async Task WatchAsync(Task work)
    {
        try
        {
            await work;
        }
#pragma warning disable CA1031 // A bug must end the workflow, wherever it happens; nobody else looks at this task.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            inbox.Fail(bug);
        }
    }

    private async Task ListenAsync()
    {
        while (!leaving.IsCancellationRequested)
        {
            RunControl control;
            try
            {
                control = await context.WaitForExternalEventAsync<RunControl>(RunControl.EventName, leaving.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            inbox.Add(control.Kind == RunControl.Cancel
                ? new ExecutionEvent.CancelRequested(control.Reason ?? "")
                : new ExecutionEvent.Signalled(control.Name ?? "", control.Payload ?? RunValue.Null, control.RequestId));
        }
    }

    private async Task AttemptAsync(Command.StartAttempt command)
    {
        told.Add(command.Facts?.Facts ?? []);
        var output = await CallAgentAsync(command);
        if (command.Facts is { } facts)
        {
            if (!output.Unpublished)
            {
                told.Delivered(facts);
            }

            inbox.Add(new ExecutionEvent.Published(facts.Id, !output.Unpublished));
        }

        inbox.Add(AnswerTo(command, output));
    }

    // An exception means that the activity itself is broken, not the agent: it counts as an attempt, so that it cannot repeat for ever.
    private async Task<AttemptOutput> CallAgentAsync(Command.StartAttempt command)
    {
        try
        {
            return await context.CallActivityAsync<AttemptOutput>(nameof(InvokeAgent), AttemptInput.Of(start.Run, command));
        }
        catch (WorkflowTaskFailedException broken)
        {
            var failure = new Failure(FailureCode.Internal, FailureClass.System, broken.FailureDetails.ErrorMessage, Retryable: true);
            return new AttemptOutput(null, failure, null, AttemptReport.None, Unpublished: true);
        }
    }

    private static ExecutionEvent AnswerTo(Command.StartAttempt command, AttemptOutput output) => output switch
    {
        { NotNow: { } wait } => new ExecutionEvent.AttemptDeferred(
            command.Work, command.Attempt, wait.Reason, wait.Message, TimeSpan.FromMilliseconds(wait.RetryAfterMs), output.Kept),
        { Failure: { } failure } => new ExecutionEvent.AttemptFailed(
            command.Work, command.Attempt, failure, output.Report ?? AttemptReport.None, output.Kept),
        _ => new ExecutionEvent.AttemptCompleted(
            command.Work, command.Attempt, output.Output ?? RunValue.Null, output.Report ?? AttemptReport.None),
    };

    private async Task ChildAsync(Command.StartChild command)
    {
        RunResult result;
        try
        {
            result = await context.CallChildWorkflowAsync<RunResult>(
                ExecutePlanWorkflow.Name, ChildStart(command), new ChildWorkflowTaskOptions(command.ChildRunId));
        }
        catch (WorkflowTaskFailedException broken)
        {
            var failure = new Failure(FailureCode.Internal, FailureClass.System, broken.FailureDetails.ErrorMessage, Retryable: false);
            result = new RunResult(RunOutcome.Failed, null, failure, 0);
        }

        inbox.Add(new ExecutionEvent.ChildEnded(command.Work, command.Attempt, result));
    }

    private RunStart ChildStart(Command.StartChild command)
    {
        var run = start.Run;
        var path = PlanPath.Below(run.Path ?? "", command.Source, command.Work.Step);
        var parent = new ParentStep(
            context.InstanceId, run.Path, state.NameOf(command.Work), command.Work.Step, command.Source, command.Bindings);
        return start with
        {
            Run = run with { Root = run.RootOf(context.InstanceId), Path = path, StartedMs = state.NowMs },
            Outline = null,
            Inputs = null,
            Parent = parent,
            Labels = null,
            Resume = null,
        };
    }

    private async Task EntryAsync(Command.EvaluateEntry command)
    {
        var input = new EntryInput(start.Run, command.Step, command.Bindings, command.InlineLimit, state.NowMs);
        var entry = await context.CallActivityAsync<StepEntry>(nameof(EvaluateExpression), input, Insist);
        inbox.Add(new ExecutionEvent.EntryEvaluated(command.Step, entry));
    }

    private async Task TimerAsync(Command.StartTimer command)
    {
        await context.CreateTimer(command.DueAt.UtcDateTime, CancellationToken.None);
        inbox.Add(new ExecutionEvent.TimerFired(command.DueAt));
    }

    private async Task PublishAsync(Command.Publish command)
    {
        told.Add(command.Facts.Facts);
        var input = new PublishInput(start.Run, command.Facts);
        var output = await context.CallActivityAsync<PublishOutput>(nameof(PublishEvents), input, Insist);
        for (var pause = FirstPause; output.Kept is { } kept; pause = Longer(pause))
        {
            await context.CreateTimer(pause);
            output = await context.CallActivityAsync<PublishOutput>(nameof(PublishEvents), input.Later(kept), Insist);
        }

        told.Delivered(command.Facts);
        inbox.Add(new ExecutionEvent.Published(command.Facts.Id, Delivered: true));
    }

    private async Task PackAsync(Command.Pack command)
    {
        var output = await context.CallActivityAsync<PackOutput>(nameof(PackOutputs), new PackInput(start.Run, command.Ranges), Insist);
        inbox.Add(new ExecutionEvent.Packed(output.Ranges));
    }

    private async Task StopAsync(Command.Stop command)
    {
        await context.CallActivityAsync<bool>(nameof(StopWork), new StopInput(command.Children, command.WholeRun), Insist);
        inbox.Add(new ExecutionEvent.Stopped());
    }

    private async Task FinishAsync(Command.Finish command)
    {
        var input = new FinishInput(
            start.Run, command.Ending, command.Bindings, command.InlineLimit, command.Sequence, command.Facts, state.NowMs);
        var output = await FinishAsync(context, input);
        inbox.Add(new ExecutionEvent.Finished(output.Output, output.Failure));
    }

    /// <summary>Ends a run; the last activity is repeated until its events are out.</summary>
    public static async Task<FinishOutput> FinishAsync(WorkflowContext context, FinishInput input)
    {
        var output = await context.CallActivityAsync<FinishOutput>(nameof(FinishRun), input, Insist);
        var (later, left) = (input.Later(output), output);
        for (var pause = FirstPause; left.Kept is not null; pause = Longer(pause))
        {
            await context.CreateTimer(pause);
            left = await context.CallActivityAsync<FinishOutput>(nameof(FinishRun), later, Insist);
        }

        return output;
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;
}
