using Grpc.Core;
using Orchestration.Client;
using Orchestration.Contracts;

namespace Launcher.Jobs;

/// <summary>Submits a run and shows every problem when it is refused.</summary>
internal static class Submission
{
    public static async Task<string?> SubmitAsync(
        OrchestrationClient client, SubmitRunRequest request, Screen screen, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.SubmitAsync(request, cancellationToken)).RunId;
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.InvalidArgument)
        {
            var source = request.Document.SourceName;
            var problems = ProblemText.Of(refusal);
            screen.Line(problems.Count > 0 ? $"{source} is refused:" : $"{source} is refused: {StatusText.Of(refusal.Status)}");
            foreach (var problem in problems)
            {
                screen.Line($"  {ProblemText.Line(source, problem)}");
            }

            return null;
        }
    }
}
