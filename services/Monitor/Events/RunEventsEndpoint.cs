using System.Text;
using System.Text.Json;
using Monitor.Projection;
using Orchestration.Contracts;

namespace Monitor.Events;

/// <summary>Answers one delivery of the topic, single or bulk.</summary>
internal sealed partial class RunEventsEndpoint(EventIntake intake, ILogger<RunEventsEndpoint> logger)
{
    /// <param name="body">The data of one event, or the envelope of a bulk delivery.</param>
    public async Task<object> TakeAsync(Stream body, CancellationToken cancellationToken)
    {
        JsonDocument document;
        try
        {
            document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        }
        catch (JsonException exception)
        {
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
        Find(envelope, "data_base64") is { ValueKind: JsonValueKind.String } binary && binary.TryGetBytesFromBase64(out var bytes) ? Encoding.UTF8.GetString(bytes)
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
        IReadOnlyList<RunEvent> events;
        try
        {
            events = EventReader.Read(data);
        }
        catch (MalformedEventException exception)
        {
            LogDropped(logger, exception.Message);
            return DeliveryStatus.Drop;
        }

        return await intake.TakeAsync(events, cancellationToken) ? DeliveryStatus.Success : DeliveryStatus.Retry;
    }

    [LoggerMessage(1, LogLevel.Error, "A delivery on run-events was dropped: {Problem}")]
    private static partial void LogDropped(ILogger logger, string problem);
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
