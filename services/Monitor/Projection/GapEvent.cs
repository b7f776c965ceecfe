using Monitor.Storage;
using Orchestration.Contracts;

namespace Monitor.Projection;

/// <summary>The event that stands in the history for those that never came.</summary>
internal static class GapEvent
{
    /// <param name="next">The event that waits for the missing ones; they had happened by then.</param>
    public static RunEvent Of(Gap gap, RunEvent next) => new()
    {
        Tenant = gap.Run.Tenant,
        RunId = gap.Run.RunId,
        RootRunId = next.RootRunId,
        Sequence = gap.First - 1,
        Time = next.Time,
        Type = EventType.HistoryGap,
        HistoryGap = new HistoryGap { FromSequence = gap.Missing, ToSequence = gap.First - 1 },
    };

    /// <summary>The first sequence that an event stands for.</summary>
    public static long FirstSequence(this RunEvent happened) => happened.HistoryGap?.FromSequence ?? happened.Sequence;
}
