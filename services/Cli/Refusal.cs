using System.Text.Json;
using Grpc.Core;
using Orchestration.Client;

namespace Cli;

/// <summary>Why a call was not answered as hoped, and what can be done about it.</summary>
internal static class Refusal
{
    /// <summary>Its code is the name of the status in small letters: "not_found".</summary>
    public static CliException Explain(RpcException problem, Uri address)
    {
        var (exitCode, message) = Explain(problem.StatusCode, Printable.Line(StatusText.Of(problem.Status)), address);
        return new CliException(exitCode, message, JsonNamingPolicy.SnakeCaseLower.ConvertName(problem.StatusCode.ToString()));
    }

    private static (int ExitCode, string Message) Explain(StatusCode code, string detail, Uri address) => code switch
    {
        StatusCode.Unavailable or StatusCode.DeadlineExceeded =>
            (ExitCode.Unreachable,
                $"{address} does not answer: {detail}\nIs the system running? A launcher that was started again has a new connection file."),
        StatusCode.Unauthenticated =>
            (ExitCode.Refused, $"{address} does not accept the key or the sidecar's token: {detail}\nGive --api-key-file (or ORCHESTRATION_API_KEY) and DAPR_API_TOKEN, or the launcher's --connection file."),
        StatusCode.PermissionDenied =>
            (ExitCode.Refused, $"Not allowed: {detail}\nThe roles of the key decide (Access:ApiKeys of the services)."),
        StatusCode.Internal or StatusCode.Unknown => (ExitCode.Refused, $"{address} failed: {detail}\nThe logs of the services say more."),

        // What it was asked with is wrong, wherever that was noticed.
        StatusCode.InvalidArgument => (ExitCode.Usage, detail),
        _ => (ExitCode.Refused, detail.Length > 0 ? detail : code.ToString()),
    };
}
