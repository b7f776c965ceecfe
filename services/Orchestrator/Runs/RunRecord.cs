using System.Text.Json.Serialization;
using Orchestration.Domain.Execution;

namespace Orchestrator.Runs;

/// <summary>What is known of a run from the moment it is accepted; written before its workflow is started.</summary>
/// <param name="Started">False until the workflow was started: whoever finds it so after a while starts it again.</param>
/// <param name="ClaimedAt">When the request that starts the workflow took that upon itself.</param>
/// <param name="Scheduler">The rules by which the run is driven.</param>
/// <param name="Sent">What was sent to the run so far.</param>
/// <param name="EndedAt">Null while it is under way.</param>
/// <param name="Outcome">How it ended; null while it is under way.</param>
/// <param name="Events">Names of the events that steps of its plan wait for; null when they were not noted.</param>
/// <param name="Request">SHA-256 of plan and inputs as they were asked for: the same request id with others is no repetition.</param>
internal sealed record RunRecord(
    string RunId,
    string PlanId,
    string PlanVersion,
    string ContentHash,
    string RequestId,
    string Actor,
    DateTimeOffset AcceptedAt,
    bool Started,
    string? Request = null,
    DateTimeOffset ClaimedAt = default,
    int Scheduler = 0,
    RunMail? Sent = null,
    DateTimeOffset? EndedAt = null,
    [property: JsonConverter(typeof(JsonStringEnumConverter<RunOutcome>))] RunOutcome? Outcome = null,
    IReadOnlyList<string>? Events = null)
{
    public static string Key(string tenant, string runId) => $"runs/{tenant}/{runId}";
}

/// <summary>What was sent to a run. All of it stands in its history, so there is an end to it.</summary>
/// <param name="Bytes">Of the names and payloads.</param>
/// <param name="Requests">Request ids of the last signals that had one, the newest last.</param>
internal sealed record RunMail(int Signals, long Bytes, int Cancels, IReadOnlyList<string>? Requests = null)
{
    // More than are repeated at the same time; the record is written with every signal.
    private const int MostRequests = 32;

    public static RunMail Nothing { get; } = new(0, 0, 0);

    /// <summary>True when a signal with the id was sent, not too many others ago.</summary>
    public bool Knows(string requestId) => Requests?.Contains(requestId) == true;

    /// <summary>With one more signal.</summary>
    /// <param name="requestId">Empty means that it has none.</param>
    public RunMail With(long size, string requestId) => this with
    {
        Signals = Signals + 1,
        Bytes = Bytes + size,
        Requests = requestId.Length == 0 ? Requests : [.. (Requests ?? []).TakeLast(MostRequests - 1), requestId],
    };
}
