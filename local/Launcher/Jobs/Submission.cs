using Google.Protobuf.Collections;
using Grpc.Core;
using Orchestration.Client;
using Orchestration.Contracts;

namespace Launcher.Jobs;

/// <summary>Submits a run, once however often it must be asked for, and shows every problem when it is refused.</summary>
internal static class Submission
{
    public static async Task<string?> SubmitAsync(OrchestrationClient client, SubmitRunRequest request, Screen screen, CancellationToken cancellationToken)
    {
        try
        {
            var accepted = await Patience.CallAsync(
                async () => await client.Runs.SubmitRunAsync(request, cancellationToken: cancellationToken), cancellationToken);
            return accepted.RunId;
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.InvalidArgument)
        {
            screen.Line($"{request.Document?.SourceName}: {refusal.Status.Detail}");
            foreach (var problem in Problems(refusal))
            {
                screen.Line($"  {problem.Line}:{problem.Column} {problem.Path}: {problem.Message} [{problem.Code}]");
            }

            return null;
        }
    }

    private static RepeatedField<Problem> Problems(RpcException refusal)
        => refusal.Trailers.GetValueBytes("problems-bin") is { } bytes ? SubmitProblems.Parser.ParseFrom(bytes).Problems : [];
}
