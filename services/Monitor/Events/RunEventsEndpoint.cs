using System.Text;
using System.Text.Json;
using Monitor.Projection;
using Monitor.Storage;

namespace Monitor.Events;

/// <summary>
/// Answers one delivery of the topic, single or bulk. What is bad in it is kept as a dead letter and the rest is applied; only a
/// delivery of which nothing is good is answered "drop", by which the sidecar hands it to the topic's own dead letters, if it has any.
/// </summary>
internal sealed partial class RunEventsEndpoint(EventIntake intake, EventCounts counts, ILogger<RunEventsEndpoint> logger)
{
    // One entry that is nested too deep must not make its whole bulk unreadable.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    /// <param name="body">The data of one event, or the envelope of a bulk delivery.</param>
    public async Task<object> TakeAsync(Stream body, CancellationToken cancellationToken)
    {
        JsonDocument document;
        try
        {
            document = await JsonDocument.ParseAsync(body, Deep, cancellationToken);
        }
        catch (JsonException exception)
        {
            counts.Dead(DeadLetterReason.Unreadable);
            LogDropped(logger, exception.Message);
            return new DeliveryAnswer(DeliveryStatus.Drop);
        }

        using (document)
        {
            return Find(document.RootElement, "entries") is { ValueKind: JsonValueKind.Array } entries
                ? new BulkAnswer(await Task.WhenAll(entries.EnumerateArray().Select(entry => TakeEntryAsync(entry, cancellationToken))))
                : new DeliveryAnswer(await TakeDataAsync(TextOf(document.RootElement), cancellationToken));
        }
    }

    private static string DataOf(JsonElement envelope) =>
        Find(envelope, "data_base64") is { ValueKind: JsonValueKind.String } binary && binary.TryGetBytesFromBase64(out var bytes)
            ? Encoding.UTF8.GetString(bytes)
        : Find(envelope, "data") is { } data ? TextOf(data)
        : "";

    // A publisher that hands over JSON as text has it quoted once more.
    private static string TextOf(JsonElement data) => data.ValueKind == JsonValueKind.String ? data.GetString()! : data.GetRawText();

    private static JsonElement? Find(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) ? found : null;

    private async Task<EntryAnswer> TakeEntryAsync(JsonElement entry, CancellationToken cancellationToken)
    {
        var id = Find(entry, "entryId") is { ValueKind: JsonValueKind.String } known ? known.GetString()! : "";
        return new EntryAnswer(id, await TakeDataAsync(Find(entry, "event") is { } envelope ? DataOf(envelope) : "", cancellationToken));
    }

    private async Task<string> TakeDataAsync(string data, CancellationToken cancellationToken)
    {
        var delivery = EventReader.Read(data);
        if (!await intake.TakeAsync(delivery.Events, delivery.Dead, cancellationToken))
        {
            return DeliveryStatus.Retry;
        }

        foreach (var letter in delivery.Dead)
        {
            counts.Dead(letter.Reason);
            LogDead(logger, letter.Run.RunId, letter.Sequence, letter.Reason, letter.Problem, letter.Id);
        }

        return delivery.Events.Count > 0 ? DeliveryStatus.Success : DeliveryStatus.Drop;
    }

    [LoggerMessage(1, LogLevel.Error, "A delivery on run-events was dropped: {Problem}")]
    private static partial void LogDropped(ILogger logger, string problem);

    [LoggerMessage(2, LogLevel.Error, "Run '{Run}', event {Sequence}: not applied but kept as dead letter {Letter}, {Reason}: {Problem}")]
    private static partial void LogDead(ILogger logger, string run, long sequence, string reason, string problem, string letter);
}

/// <summary>What a sidecar understands.</summary>
internal static class DeliveryStatus
{
    public const string Success = "SUCCESS";
    public const string Retry = "RETRY";
    public const string Drop = "DROP";
}

internal sealed record DeliveryAnswer(string Status);

internal sealed record EntryAnswer(string EntryId, string Status);

internal sealed record BulkAnswer(IReadOnlyList<EntryAnswer> Statuses);
