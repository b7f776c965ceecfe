using Grpc.Core;

namespace Orchestration.Client;

/// <summary>Statuses of calls in words.</summary>
internal static class StatusText
{
    /// <summary>Why a call ended so: the cause at the bottom when it was found on this side, else what the other side says.</summary>
    /// <param name="status">How the call ended.</param>
    public static string Of(Status status) => status switch
    {
        { DebugException: { } problem } when problem.GetBaseException().Message is { Length: > 0 } cause => cause,
        { Detail.Length: > 0 } => status.Detail,
        { StatusCode: StatusCode.DeadlineExceeded } => "no answer in time",
        _ => status.StatusCode.ToString(),
    };
}
