using Grpc.Core;

namespace Cli;

/// <summary>Why a call was not answered as hoped, and what can be done about it.</summary>
internal static class Refusal
{
    public static (int ExitCode, string Message) Explain(RpcException problem, Uri address) => problem.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.DeadlineExceeded =>
            (ExitCode.Unreachable, $"{address} does not answer: {problem.Status.Detail}\nIs the system running? A launcher that was started again has a new connection file."),
        StatusCode.Unauthenticated =>
            (ExitCode.Refused, $"{address} does not accept the key or the sidecar's token: {problem.Status.Detail}\nGive --api-key-file (or ORCHESTRATION_API_KEY) and DAPR_API_TOKEN, or the launcher's --connection file."),
        StatusCode.PermissionDenied => (ExitCode.Refused, $"Not allowed: {problem.Status.Detail}\nThe roles of the key decide (Access:ApiKeys of the services)."),
        StatusCode.Internal or StatusCode.Unknown => (ExitCode.Refused, $"{address} failed: {problem.Status.Detail}\nThe logs of the services say more."),
        _ => (ExitCode.Refused, problem.Status.Detail.Length > 0 ? problem.Status.Detail : problem.StatusCode.ToString()),
    };
}
