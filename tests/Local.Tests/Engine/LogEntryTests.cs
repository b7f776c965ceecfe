using DurableEngine.History;

namespace Local.Tests.Engine;

public class LogEntryTests
{
    private static readonly FailureDetails Failure =
        new("Type", "message", "stack", new FailureDetails("Inner", "why", null, null, false), true);
    private static readonly TraceContext Trace = new("00-1-2-01", "a=b");

    public static TheoryData<HistoryEvent> Events =>
    [
        new ExecutionStarted("flow", "v1", "in", "id", "exec")
        {
            Parent = new ParentInstance(7, "parent", "pid", "pexec", "papp"),
            ScheduledStart = new Instant(5, 6),
            Trace = Trace,
        },
        new ExecutionCompleted(WorkflowStatus.Failed, null, Failure),
        new ExecutionTerminated("why", true),
        new TaskScheduled("task", null, "", "x1") { EventId = 3, Router = new TaskRouter("me", "you"), Trace = Trace },
        new TaskCompleted(3, "out", "x1"),
        new TaskFailed(3, Failure, "x1"),
        new ChildCreated("child", "flow", null, null) { EventId = 4 },
        new ChildCompleted(4, null),
        new ChildFailed(4, Failure),
        new TimerCreated(new Instant(253402300799, 999999999), "t", new TimerOrigin(TimerOriginKind.ExternalEvent, "go")) { EventId = 5 },
        new TimerFired(new Instant(1, 2), 5),
        new WorkflowStarted(null),
        new EventSent("other", "go", "data"),
        new EventRaised("go", null),
        new ExecutionSuspended(null),
        new ExecutionResumed("r"),
        new ExecutionStalled(StallReason.VersionNotAvailable, "d"),
        new DetachedCreated("d1"),
    ];

    [Theory]
    [MemberData(nameof(Events))]
    public void Event_WrittenAndRead_IsTheSame(HistoryEvent value)
    {
        var stamped = value with { Timestamp = new Instant(1_700_000_000, 123_456_700) };

        var read = (ArrivedEntry)LogEntry.Decode(new ArrivedEntry(stamped).Encode());

        // Records with collections do not compare by content; their text does.
        Assert.Equal(stamped.ToString(), read.Event.ToString());
    }

    [Fact]
    public void Started_WrittenAndRead_KeepsTags()
    {
        var started = new ExecutionStarted("flow", null, null, "id", "exec") { Tags = new Dictionary<string, string> { ["a"] = "b" } };

        var read = (ExecutionStarted)((ArrivedEntry)LogEntry.Decode(new ArrivedEntry(started).Encode())).Event;

        Assert.Equal("b", read.Tags["a"]);
    }

    [Fact]
    public void Turn_WrittenAndRead_IsTheSame()
    {
        var turn = new TurnEntry(
            2, new WorkflowStarted(new WorkflowVersion("v2", ["p1", "p2"])), "status", [new TaskCompleted(1, "x", "")]);

        var read = (TurnEntry)LogEntry.Decode(turn.Encode());

        Assert.Equal(2, read.Consumed);
        Assert.Equal("status", read.CustomStatus);
        Assert.Equal(["p1", "p2"], read.Started!.Version!.Patches);
        Assert.Equal(turn.Events, read.Events);
    }

    [Fact]
    public void Generation_WrittenAndRead_IsTheSame() =>
        Assert.Equal(new GenerationEntry(3, null), LogEntry.Decode(new GenerationEntry(3, null).Encode()));

    [Fact]
    public void Decode_CutOffRow_IsInvalid()
    {
        var row = new ArrivedEntry(new EventRaised("name", "a value")).Encode();

        Assert.Throws<InvalidDataException>(() => LogEntry.Decode(row.AsMemory(0, row.Length - 3)));
    }
}
