using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orchestration.Contracts;
using Orchestration.Contracts.Agents;

namespace Monitor.Tests;

/// <summary>Tells the events of one run as the orchestrator does: numbered ones in sequence, ten milliseconds apart.</summary>
internal sealed class RunStory(string runId, string tenant = "acme")
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private long sequence;
    private int moments;

    public string RunId => runId;

    public string RootRunId { get => field.Length > 0 ? field : runId; init; } = "";

    public string ParentRunId { get; init; } = "";

    public string PlanId { get; init; } = "batch";

    public DateTimeOffset From { get; init; } = Noon;

    public Dictionary<string, string> Labels { get; } = [];

    public RunEvent Accepted(params string[] stepIds) => Numbered("run:accepted", e => e.RunAccepted = new RunAccepted
    {
        PlanId = PlanId,
        PlanVersion = "2",
        ContentHash = "00ff",
        ParentRunId = ParentRunId,
        Labels = { Labels },
        StepIds = { stepIds },
        Actor = "ci",
    });

    public RunEvent Started() => Numbered("run:started");

    public RunEvent Ended(RunState state = RunState.RunCompleted, string output = "{}", Failure? failure = null) =>
        Numbered(state == RunState.RunFailed ? "run:failed" : "run:completed", e => e.RunEnded = new RunEnded
        {
            State = state,
            Output = ByteString.CopyFromUtf8(output),
            Failure = failure,
        });

    public RunEvent Queued(string step, int attempt = 1, string? because = null) => Numbered("step:queued", e =>
    {
        e.StepWaiting = because is null ? null : new StepWaiting { Reason = "no_slot", Message = because };
        About(e, step, attempt);
    });

    public RunEvent Retrying(string step, int attempt, Failure failure) => Numbered("step:retrying", e =>
    {
        e.StepWaiting = new StepWaiting { Reason = "retry", Message = failure.Message, Failure = failure, DurationMs = 4 };
        About(e, step, attempt);
    });

    public RunEvent FellBack(string step, int attempt, Failure failure) => Numbered("step:fallback", e =>
    {
        e.StepWaiting = new StepWaiting
            { Reason = "fallback", Message = failure.Message, Failure = failure, AgentId = "invoice", AppId = "agents", DurationMs = 4 };
        About(e, step, attempt);
    });

    public RunEvent ChildStarted(string step, string childRunId) => Numbered("step:started", e =>
    {
        e.ChildStarted = new ChildStarted { ChildRunId = childRunId };
        About(e, step, 1);
    });

    public RunEvent Completed(string step, int attempt = 1, string output = "1") => Numbered("step:completed", e =>
    {
        e.StepEnded = new StepEnded
            { State = StepState.StepCompleted, Output = ByteString.CopyFromUtf8(output), AgentId = "invoice", AppId = "agents",
            DurationMs = 4 };
        About(e, step, attempt);
    });

    public RunEvent Failed(string step, int attempt, Failure failure) => Numbered("step:failed", e =>
    {
        e.StepEnded = new StepEnded
            { State = StepState.StepFailed, Failure = failure, AgentId = "invoice", AppId = "agents", DurationMs = 4 };
        About(e, step, attempt);
    });

    public RunEvent Skipped(string step) => Numbered("step:skipped", e => About(e, step, 0));

    public RunEvent Cancelled(string step) => Numbered("step:cancelled", e => About(e, step, 0));

    public RunEvent LiveStarted(string step, int attempt = 1, string app = "agents") => Live("step:started", step, attempt, e =>
        e.StepStarted = new StepStarted { AgentId = "invoice", AppId = app, InstanceId = "i-1" });

    public RunEvent Progress(string step, double percent, string message = "working", int attempt = 1) =>
        Live("step:progress", step, attempt, e =>
        e.Progress = new Progress { Percent = percent, Message = message });

    public RunEvent Token(string step, string text, int attempt = 1) =>
        Live("step:token", step, attempt, e => e.Token = new Token { Text = text });

    /// <summary>A numbered event that no projection knows.</summary>
    public RunEvent Unheard() => Numbered("budget:warned");

    /// <summary>A small run with a retried step, a failed one, a repeated one and a child, ended.</summary>
    public List<RunEvent> Whole() =>
    [
        Accepted("read", "extract", "check", "report"),
        Started(),
        Queued("read"),
        Completed("read"),
        ChildStarted("extract", runId + "-child"),
        Queued("extract[0]"),
        Queued("extract[1]"),
        Completed("extract[1]"),
        Retrying("extract[0]", 1, Broken),
        Queued("extract[0]", 2),
        Completed("extract[0]", 2),
        Completed("extract"),
        Queued("check", 1, "all agents are busy"),
        Failed("check", 1, Broken),
        Skipped("report"),
        Unheard(),
        Ended(RunState.RunCompletedWithErrors),
    ];

    public static Failure Broken => new()
    {
        Code = "malformed",
        FailureClass = FailureClass.Permanent,
        Message = "the document cannot be read",
    };

    private RunEvent Numbered(string type, Action<RunEvent>? fill = null)
    {
        var happened = New(type);
        happened.Sequence = ++sequence;
        fill?.Invoke(happened);
        return happened;
    }

    private RunEvent Live(string type, string step, int attempt, Action<RunEvent> fill)
    {
        var happened = New(type);
        About(happened, step, attempt);
        fill(happened);
        return happened;
    }

    private RunEvent New(string type) => new()
    {
        Tenant = tenant,
        RunId = runId,
        RootRunId = RootRunId,
        Time = Timestamp.FromDateTimeOffset(From.AddMilliseconds(10 * moments++)),
        Type = type,
    };

    private static void About(RunEvent happened, string step, int attempt)
    {
        happened.StepId = step;
        happened.Attempt = attempt;
    }
}
