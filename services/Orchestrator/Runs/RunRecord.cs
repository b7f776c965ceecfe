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
    [property: JsonConverter(typeof(JsonStringEnumConverter<RunOutcome>))] RunOutcome? Outcome = null)
{
    public static string Key(string tenant, string runId) => $"runs/{tenant}/{runId}";
}

/// <summary>How much was sent to a run. All of it stands in its history, so there is an end to it.</summary>
/// <param name="Bytes">Of the names and payloads.</param>
internal sealed record RunMail(int Signals, long Bytes, int Cancels)
{
    public static RunMail Nothing { get; } = new(0, 0, 0);
}
