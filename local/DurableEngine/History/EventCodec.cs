namespace DurableEngine.History;

/// <summary>History events to and from their form on disk. Fields are only ever added at the end of an event.</summary>
internal static class EventCodec
{
    private static readonly Func<RecordReader, HistoryEvent>?[] Readers = ReaderTable();

    public static void Write(RecordWriter writer, HistoryEvent value)
    {
        writer.Byte((byte)value.Kind);
        writer.Framed(body =>
        {
            body.Number(value.EventId);
            body.Time(value.Timestamp);
            body.Optional(value.Router, WriteRouter);
            WriteBody(body, value);
        });
    }

    public static HistoryEvent Read(RecordReader reader)
    {
        var kind = reader.Byte();
        var read = kind < Readers.Length ? Readers[kind] : null;
        return read is null
            ? throw new InvalidDataException($"History holds an event of unknown kind {kind}: it was written by a newer version.")
            : reader.Framed(body =>
            {
                var (id, time, router) = (body.Int(), body.Time(), body.Optional(ReadRouter));
                return read(body) with { EventId = id, Timestamp = time, Router = router };
            });
    }

    private static void WriteBody(RecordWriter writer, HistoryEvent value)
    {
        if (!WriteTask(writer, value) && !WriteLifecycle(writer, value))
        {
            WriteSignal(writer, value);
        }
    }

    private static bool WriteTask(RecordWriter writer, HistoryEvent value)
    {
        switch (value)
        {
            case TaskScheduled e:
                WriteCall(writer, e.Name, e.Version, e.Input, e.Trace);
                writer.Text(e.TaskExecutionId);
                return true;
            case TaskCompleted e:
                writer.Number(e.TaskId);
                writer.OptionalText(e.Result);
                writer.Text(e.TaskExecutionId);
                return true;
            case TaskFailed e:
                writer.Number(e.TaskId);
                WriteFailure(writer, e.Failure);
                writer.Text(e.TaskExecutionId);
                return true;
            case ChildCreated e:
                WriteCall(writer, e.Name, e.Version, e.Input, e.Trace);
                writer.Text(e.InstanceId);
                return true;
            case ChildCompleted e:
                writer.Number(e.TaskId);
                writer.OptionalText(e.Result);
                return true;
            case ChildFailed e:
                writer.Number(e.TaskId);
                WriteFailure(writer, e.Failure);
                return true;
            default:
                return false;
        }
    }

    private static bool WriteLifecycle(RecordWriter writer, HistoryEvent value)
    {
        switch (value)
        {
            case ExecutionStarted e:
                WriteStarted(writer, e);
                return true;
            case ExecutionCompleted e:
                writer.Number((int)e.Status);
                writer.OptionalText(e.Result);
                writer.Optional(e.Failure, WriteFailure);
                return true;
            case ExecutionTerminated e:
                writer.OptionalText(e.Input);
                writer.Flag(e.Recurse);
                return true;
            case WorkflowStarted e:
                writer.Optional(e.Version, WriteVersion);
                return true;
            case ExecutionSuspended e:
                writer.OptionalText(e.Input);
                return true;
            case ExecutionResumed e:
                writer.OptionalText(e.Input);
                return true;
            case ExecutionStalled e:
                writer.Number((int)e.Reason);
                writer.OptionalText(e.Description);
                return true;
            default:
                return false;
        }
    }

    private static void WriteSignal(RecordWriter writer, HistoryEvent value)
    {
        switch (value)
        {
            case TimerCreated e:
                writer.Time(e.FireAt);
                writer.OptionalText(e.Name);
                writer.Number((int)e.Origin.Kind);
                writer.OptionalText(e.Origin.Value);
                break;
            case TimerFired e:
                writer.Time(e.FireAt);
                writer.Number(e.TimerId);
                break;
            case EventSent e:
                writer.Text(e.InstanceId);
                writer.Text(e.Name);
                writer.OptionalText(e.Input);
                break;
            case EventRaised e:
                writer.Text(e.Name);
                writer.OptionalText(e.Input);
                break;
            case DetachedCreated e:
                writer.Text(e.InstanceId);
                break;
            default:
                throw new NotSupportedException($"No form on disk for {value.GetType().Name}.");
        }
    }

    private static void WriteStarted(RecordWriter writer, ExecutionStarted e)
    {
        WriteCall(writer, e.Name, e.Version, e.Input, e.Trace);
        writer.Text(e.InstanceId);
        writer.Text(e.ExecutionId);
        writer.Optional(e.Parent, WriteParent);
        writer.Flag(e.ScheduledStart is not null);
        if (e.ScheduledStart is { } start)
        {
            writer.Time(start);
        }

        writer.List(e.Tags.ToArray(), static (w, tag) =>
        {
            w.Text(tag.Key);
            w.Text(tag.Value);
        });
    }

    private static ExecutionStarted ReadStarted(RecordReader reader)
    {
        var (name, version, input, trace) = ReadCall(reader);
        return new ExecutionStarted(name, version, input, reader.Text(), reader.Text())
        {
            Trace = trace,
            Parent = reader.Optional(ReadParent),
            ScheduledStart = reader.Flag() ? reader.Time() : null,
            Tags = reader.List(static r => KeyValuePair.Create(r.Text(), r.Text())).ToDictionary(),
        };
    }

    private static void WriteCall(RecordWriter writer, string name, string? version, string? input, TraceContext? trace)
    {
        writer.Text(name);
        writer.OptionalText(version);
        writer.OptionalText(input);
        writer.Optional(trace, static (w, t) =>
        {
            w.Text(t.TraceParent);
            w.OptionalText(t.TraceState);
        });
    }

    private static (string Name, string? Version, string? Input, TraceContext? Trace) ReadCall(RecordReader reader) =>
        (reader.Text(), reader.OptionalText(), reader.OptionalText(),
            reader.Optional(static r => new TraceContext(r.Text(), r.OptionalText())));

    private static void WriteFailure(RecordWriter writer, FailureDetails failure)
    {
        writer.Text(failure.ErrorType);
        writer.Text(failure.Message);
        writer.OptionalText(failure.StackTrace);
        writer.Optional(failure.Inner, WriteFailure);
        writer.Flag(failure.NonRetriable);
    }

    private static FailureDetails ReadFailure(RecordReader reader) =>
        new(reader.Text(), reader.Text(), reader.OptionalText(), reader.Optional(ReadFailure), reader.Flag());

    private static void WriteParent(RecordWriter writer, ParentInstance parent)
    {
        writer.Number(parent.TaskId);
        writer.OptionalText(parent.Name);
        writer.Text(parent.InstanceId);
        writer.OptionalText(parent.ExecutionId);
        writer.OptionalText(parent.App);
    }

    private static ParentInstance ReadParent(RecordReader reader) =>
        new(reader.Int(), reader.OptionalText(), reader.Text(), reader.OptionalText(), reader.OptionalText());

    private static void WriteVersion(RecordWriter writer, WorkflowVersion version)
    {
        writer.OptionalText(version.Name);
        writer.List(version.Patches, static (w, patch) => w.Text(patch));
    }

    private static WorkflowVersion ReadVersion(RecordReader reader) =>
        new(reader.OptionalText(), reader.List(static r => r.Text()));

    private static void WriteRouter(RecordWriter writer, TaskRouter router)
    {
        writer.Text(router.SourceApp);
        writer.OptionalText(router.TargetApp);
    }

    private static TaskRouter ReadRouter(RecordReader reader) => new(reader.Text(), reader.OptionalText());

    private static TaskScheduled ReadTaskScheduled(RecordReader reader)
    {
        var (name, version, input, trace) = ReadCall(reader);
        return new TaskScheduled(name, version, input, reader.Text()) { Trace = trace };
    }

    private static ChildCreated ReadChildCreated(RecordReader reader)
    {
        var (name, version, input, trace) = ReadCall(reader);
        return new ChildCreated(reader.Text(), name, version, input) { Trace = trace };
    }

    private static Func<RecordReader, HistoryEvent>?[] ReaderTable()
    {
        var table = new Func<RecordReader, HistoryEvent>?[(int)EventKind.DetachedCreated + 1];
        table[(int)EventKind.ExecutionStarted] = ReadStarted;
        table[(int)EventKind.ExecutionCompleted] = static r =>
            new ExecutionCompleted((WorkflowStatus)r.Int(), r.OptionalText(), r.Optional(ReadFailure));
        table[(int)EventKind.ExecutionTerminated] = static r => new ExecutionTerminated(r.OptionalText(), r.Flag());
        table[(int)EventKind.TaskScheduled] = ReadTaskScheduled;
        table[(int)EventKind.TaskCompleted] = static r => new TaskCompleted(r.Int(), r.OptionalText(), r.Text());
        table[(int)EventKind.TaskFailed] = static r => new TaskFailed(r.Int(), ReadFailure(r), r.Text());
        table[(int)EventKind.ChildCreated] = ReadChildCreated;
        table[(int)EventKind.ChildCompleted] = static r => new ChildCompleted(r.Int(), r.OptionalText());
        table[(int)EventKind.ChildFailed] = static r => new ChildFailed(r.Int(), ReadFailure(r));
        table[(int)EventKind.TimerCreated] = static r =>
            new TimerCreated(r.Time(), r.OptionalText(), new TimerOrigin((TimerOriginKind)r.Int(), r.OptionalText()));
        table[(int)EventKind.TimerFired] = static r => new TimerFired(r.Time(), r.Int());
        table[(int)EventKind.WorkflowStarted] = static r => new WorkflowStarted(r.Optional(ReadVersion));
        table[(int)EventKind.EventSent] = static r => new EventSent(r.Text(), r.Text(), r.OptionalText());
        table[(int)EventKind.EventRaised] = static r => new EventRaised(r.Text(), r.OptionalText());
        table[(int)EventKind.ExecutionSuspended] = static r => new ExecutionSuspended(r.OptionalText());
        table[(int)EventKind.ExecutionResumed] = static r => new ExecutionResumed(r.OptionalText());
        table[(int)EventKind.ExecutionStalled] = static r => new ExecutionStalled((StallReason)r.Int(), r.OptionalText());
        table[(int)EventKind.DetachedCreated] = static r => new DetachedCreated(r.Text());
        return table;
    }
}
