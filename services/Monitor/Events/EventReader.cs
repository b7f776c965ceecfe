using System.Text.Json;
using Google.Protobuf;
using Monitor.Storage;
using Orchestration.Contracts;
using Orchestration.Hosting.Identity;

namespace Monitor.Events;

/// <summary>What one delivery holds: what can be applied, and what cannot and never will.</summary>
internal sealed record ReadDelivery(IReadOnlyList<RunEvent> Events, IReadOnlyList<DeadLetter> Dead);

/// <summary>Reads the data of a delivery: a RunEvents message as proto JSON.</summary>
internal static class EventReader
{
    /// <summary>Most bytes of one event: values in it are inline or blobs, and small.</summary>
    public const int LargestEvent = 1 << 20;

    private const int LongestId = 256;

    // A newer orchestrator may say more than this monitor knows.
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>Reads every event for itself: a bad one takes no other with it.</summary>
    public static ReadDelivery Read(string json)
    {
        if (TryParse<RunEvents>(json, out var problem) is not { } whole)
        {
            return ReadParts(json, problem);
        }

        if (whole.Events.Count == 0)
        {
            return new ReadDelivery([], [Unreadable("there are no events", json)]);
        }

        var dead = new List<DeadLetter>();
        var good = whole.Events.Where(happened => IsGood(happened, dead)).ToList();
        return new ReadDelivery(good, dead);
    }

    private static ReadDelivery ReadParts(string json, string problem)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return new ReadDelivery([], [Unreadable(problem, json)]);
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("events", out var parts) || parts.ValueKind != JsonValueKind.Array)
            {
                return new ReadDelivery([], [Unreadable(problem, json)]);
            }

            return ReadParts(parts);
        }
    }

    private static ReadDelivery ReadParts(JsonElement parts)
    {
        var dead = new List<DeadLetter>();
        var good = new List<RunEvent>();
        foreach (var part in parts.EnumerateArray())
        {
            if (TryParse<RunEvent>(part.GetRawText(), out var problem) is not { } happened)
            {
                dead.Add(Unreadable(problem, part.GetRawText()));
            }
            else if (IsGood(happened, dead))
            {
                good.Add(happened);
            }
        }

        return new ReadDelivery(good, dead);
    }

    private static T? TryParse<T>(string json, out string problem) where T : class, IMessage, new()
    {
        try
        {
            problem = "";
            return Parser.Parse<T>(json);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or FormatException)
        {
            problem = exception.Message;
            return null;
        }
    }

    private static bool IsGood(RunEvent happened, List<DeadLetter> dead)
    {
        var size = happened.CalculateSize();
        var problem = size > LargestEvent ? $"it has {size} bytes, more than {LargestEvent}" : ProblemOf(happened);
        if (problem is not null)
        {
            dead.Add(DeadLetter.Of(
                size > LargestEvent ? DeadLetterReason.TooLarge : DeadLetterReason.Invalid,
                problem,
                new RunKey(TenantName.IsValid(happened.Tenant) ? happened.Tenant : "", IsId(happened.RunId) ? happened.RunId : ""),
                happened.Sequence,
                JsonFormatter.Default.Format(size > LargestEvent ? WithoutPayload(happened) : happened)));
            return false;
        }

        if (happened.RootRunId.Length == 0)
        {
            happened.RootRunId = happened.RunId;
        }

        return true;
    }

    private static RunEvent WithoutPayload(RunEvent happened) => new()
    {
        Tenant = happened.Tenant,
        RunId = happened.RunId,
        Sequence = happened.Sequence,
        Time = happened.Time,
        Type = happened.Type,
        StepId = happened.StepId,
        Attempt = happened.Attempt,
    };

    private static DeadLetter Unreadable(string problem, string content) =>
        DeadLetter.Of(DeadLetterReason.Unreadable, problem, new RunKey("", ""), 0, content);

    private static string? ProblemOf(RunEvent happened) =>
        !TenantName.IsValid(happened.Tenant) ? $"'{happened.Tenant}' is no tenant name"
        : happened.RunId.Length == 0 ? "the run id is missing"
        : !IsId(happened.RunId) || !IsId(happened.RootRunId) || !IsId(happened.StepId) ? "an id is too long or has control characters"
        : happened.Sequence < 0 ? "the sequence is negative"
        : happened.Attempt < 0 ? "the attempt is negative"
        : Moment.Of(happened.Time) is null ? "the time is missing"
        : happened.PayloadCase == RunEvent.PayloadOneofCase.HistoryGap ? "a gap is found by the monitor and told by nobody"
        : null;

    private static bool IsId(string id) => id.Length <= LongestId && !id.Any(c => char.IsControl(c) || char.IsSurrogate(c));
}
