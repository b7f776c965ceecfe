using Google.Protobuf;
using Monitor.Storage;
using Orchestration.Contracts;
using Orchestration.Hosting.Identity;

namespace Monitor.Events;

/// <summary>Reads the data of a delivery: a RunEvents message as proto JSON.</summary>
internal static class EventReader
{
    private const int LongestId = 256;

    // A newer orchestrator may say more than this monitor knows.
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <exception cref="MalformedEventException">The data will never be readable.</exception>
    public static IReadOnlyList<RunEvent> Read(string json)
    {
        RunEvents events;
        try
        {
            events = Parser.Parse<RunEvents>(json);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or FormatException)
        {
            throw new MalformedEventException($"no RunEvents: {exception.Message}");
        }

        foreach (var happened in events.Events)
        {
            Check(happened);
            if (happened.RootRunId.Length == 0)
            {
                happened.RootRunId = happened.RunId;
            }
        }

        return events.Events.Count == 0 ? throw new MalformedEventException("no events") : events.Events;
    }

    private static void Check(RunEvent happened)
    {
        var problem =
            !TenantName.IsValid(happened.Tenant) ? $"'{happened.Tenant}' is no tenant name"
            : happened.RunId.Length == 0 ? "the run id is missing"
            : !IsId(happened.RunId) || !IsId(happened.RootRunId) || !IsId(happened.StepId) ? "an id is too long or has control characters"
            : happened.Sequence < 0 ? "the sequence is negative"
            : happened.Attempt < 0 ? "the attempt is negative"
            : Moment.Of(happened.Time) is null ? "the time is missing"
            : null;
        if (problem is not null)
        {
            throw new MalformedEventException($"run '{happened.RunId}', event {happened.Sequence}: {problem}");
        }
    }

    private static bool IsId(string id) => id.Length <= LongestId && !id.Any(c => char.IsControl(c) || char.IsSurrogate(c));
}

/// <summary>A delivery that no repetition makes readable.</summary>
internal sealed class MalformedEventException(string message) : Exception(message);
