namespace DurableEngine.History;

/// <summary>
/// One row of an instance's log. The log is only appended to: an event is written when it arrives, and a turn row says how
/// many of the waiting events it took and what it added. History is what comes out of reading the rows in order.
/// </summary>
internal abstract record LogEntry
{
    private enum EntryKind : byte
    {
        Event = 1,
        Turn = 2,
        Generation = 3,
    }

    public byte[] Encode()
    {
        var writer = new RecordWriter();
        switch (this)
        {
            case ArrivedEntry e:
                writer.Byte((byte)EntryKind.Event);
                EventCodec.Write(writer, e.Event);
                break;
            case TurnEntry e:
                writer.Byte((byte)EntryKind.Turn);
                writer.Number(e.Consumed);
                writer.Optional(e.Started, EventCodec.Write);
                writer.OptionalText(e.CustomStatus);
                writer.List(e.Events, EventCodec.Write);
                break;
            case GenerationEntry e:
                writer.Byte((byte)EntryKind.Generation);
                writer.Number(e.Generation);
                writer.OptionalText(e.CustomStatus);
                break;
            default:
                throw new NotSupportedException(GetType().Name);
        }

        return writer.ToArray();
    }

    public static LogEntry Decode(ReadOnlyMemory<byte> data)
    {
        var reader = new RecordReader(data);
        var kind = (EntryKind)reader.Byte();
        return kind switch
        {
            EntryKind.Event => new ArrivedEntry(EventCodec.Read(reader)),
            EntryKind.Turn => new TurnEntry(
                reader.Int(),
                (WorkflowStarted?)reader.Optional(EventCodec.Read),
                reader.OptionalText(),
                reader.List(EventCodec.Read)),
            EntryKind.Generation => new GenerationEntry(reader.Int(), reader.OptionalText()),
            _ => throw new InvalidDataException($"Unknown kind of log row: {(byte)kind}."),
        };
    }
}

/// <summary>An event that waits for the next turn.</summary>
internal sealed record ArrivedEntry(HistoryEvent Event) : LogEntry;

/// <summary>
/// A committed turn; without <paramref name="Started"/> it is a note of the engine (a stall) and not a turn of the worker.
/// </summary>
internal sealed record TurnEntry(
    int Consumed, WorkflowStarted? Started, string? CustomStatus, IReadOnlyList<HistoryEvent> Events) : LogEntry;

/// <summary>First row after continue-as-new: the old rows are gone.</summary>
internal sealed record GenerationEntry(int Generation, string? CustomStatus) : LogEntry;
