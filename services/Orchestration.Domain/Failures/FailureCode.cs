namespace Orchestration.Domain.Failures;

/// <summary>The codes the system itself uses. Agents may add their own.</summary>
public static class FailureCode
{
    /// <summary>A request or an input is malformed or does not match its schema.</summary>
    public const string InvalidArgument = "invalid_argument";

    /// <summary>No valid credentials.</summary>
    public const string Unauthenticated = "unauthenticated";

    /// <summary>The caller is known and may not do this.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>What was named does not exist, or belongs to another tenant.</summary>
    public const string NotFound = "not_found";

    /// <summary>What was to be made exists with another content.</summary>
    public const string AlreadyExists = "already_exists";

    /// <summary>The state of the thing does not allow it now.</summary>
    public const string FailedPrecondition = "failed_precondition";

    /// <summary>Two writers met; the call may be repeated.</summary>
    public const string Conflict = "conflict";

    /// <summary>A limit, a quota or the capacity is used up; repeat later.</summary>
    public const string Saturated = "saturated";

    /// <summary>Stopped on request.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Took longer than allowed.</summary>
    public const string Timeout = "timeout";

    /// <summary>The other side cannot be reached or is shutting down.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The service does not know this operation.</summary>
    public const string Unimplemented = "unimplemented";

    /// <summary>Stored data is lost or damaged.</summary>
    public const string DataLoss = "data_loss";

    /// <summary>A bug or an unexpected state.</summary>
    public const string Internal = "internal";

    /// <summary>The connection to an agent broke during a call.</summary>
    public const string AgentLost = "agent_lost";

    /// <summary>No agent that could do the work is known or available.</summary>
    public const string NoAgent = "no_agent";
}
