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
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("entries", out var entries)
                ? new BulkAnswer(await Task.WhenAll(entries.EnumerateArray().Select(entry => TakeEntryAsync(entry, cancellationToken))))
                : new DeliveryAnswer(await TakeDataAsync(document.RootElement, cancellationToken));
        }
    }

    private async Task<EntryAnswer> TakeEntryAsync(JsonElement entry, CancellationToken cancellationToken)
    {
        var data = entry.GetProperty("event").TryGetProperty("data", out var found) ? found : default;
        return new EntryAnswer(entry.GetProperty("entryId").GetString() ?? "", await TakeDataAsync(data, cancellationToken));
    }

    private async Task<string> TakeDataAsync(JsonElement data, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunEvent> events;
        try
        {
            events = EventReader.Read(data.ValueKind == JsonValueKind.Undefined ? "" : data.GetRawText());
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
