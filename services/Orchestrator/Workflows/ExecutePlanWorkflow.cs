using Dapr.Workflow;
using Orchestration.Domain.Execution;
using Orchestrator.Activities;

namespace Orchestrator.Workflows;

/// <summary>
/// Drives one run from its first step to its last: what has happened is folded into the state, the scheduler says what
/// follows, and that is started. A run that fails returns so; an exception from here means a bug.
/// </summary>
internal sealed class ExecutePlanWorkflow : Workflow<RunStart, RunResult>
{
    public const string Name = nameof(ExecutePlanWorkflow);

    public override async Task<RunResult> RunAsync(WorkflowContext context, RunStart input)
    {
        var inbox = new Inbox();
        var clock = new RunClock(context, DateTimeOffset.FromUnixTimeMilliseconds(input.Run.StartedMs));
        var state = await OpenAsync(context, clock, input);
        var commands = new CommandRunner(context, input, state, inbox);
        commands.Listen();
        while (true)
        {
            foreach (var command in Scheduler.Next(state))
            {
                commands.Start(command);
            }

            if (state.Result is { } result)
            {
                return result;
            }

            state.Apply(await inbox.NextAsync(), clock.Now);
        }
    }

    private static async Task<ExecutionState> OpenAsync(WorkflowContext context, RunClock clock, RunStart input)
    {
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
