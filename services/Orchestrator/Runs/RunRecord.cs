namespace Orchestrator.Runs;

/// <summary>What is known of a run from the moment it is accepted; written before its workflow is started.</summary>
/// <param name="Started">False until the workflow was started: whoever finds it so after a while starts it again.</param>
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
    string? Request = null)
{
    public static string Key(string tenant, string runId) => $"runs/{tenant}/{runId}";
}
