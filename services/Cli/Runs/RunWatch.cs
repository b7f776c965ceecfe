using Grpc.Core;
using Orchestration.Client;
using Orchestration.Contracts;

namespace Cli.Runs;

/// <summary>Follows a run to its end, event by event, and shows what came out.</summary>
internal static class RunWatch
{
    /// <param name="everyItem">False counts the items of repeated steps.</param>
    public static async Task<int> FollowAsync(
        Session session, string runId, bool includeChildren, bool isAccepted, bool everyItem, CancellationToken cancellationToken)
    {
        var lines = new EventLines(session.Output, runId, everyItem);
        try
        {
            RunEnded? ended = null;
            await foreach (var happened in session.Patient.WatchAsync(
                runId, includeChildren, isAccepted, isThere => Tell(session, runId, isThere), cancellationToken))
            {
                lines.Show(happened);
                session.Output.JsonLine(ContractJson.Of(happened));
                ended = happened.RunId == runId && happened.RunEnded is { } end ? end : ended;
            }

            return await EndAsync(session, runId, ended!, cancellationToken);
        }
        catch (Exception problem) when (
            cancellationToken.IsCancellationRequested && problem is (OperationCanceledException or RpcException))
        {
            session.Output.Line(
                $"Stopped watching; {runId} goes on. Watch it again: orchestrate run watch {runId}. Stop it: orchestrate run cancel {runId}");
            return ExitCode.Interrupted;
        }
        catch (RpcException problem) when (problem.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            var refusal = Refusal.Explain(problem, session.Address);
            throw new CliException(
                refusal.ExitCode, $"{refusal.Message}\nThe run goes on. Watch it again: orchestrate run watch {runId}", refusal.Code);
        }
        finally
        {
            session.Output.Erase();
        }
    }

    /// <summary>Says that nobody answers, or that somebody does again.</summary>
    public static void Tell(Session session, string runId, bool isThere)
    {
        var (code, message) = isThere
            ? ("connected", "Connected again")
            : ("connection_lost", $"The connection is lost; {runId} goes on. Trying again …");
        if (session.Output.IsJson)
        {
            session.Errors.Tell(code, message);
        }

        session.Output.Line(message);
    }

    private static async Task<int> EndAsync(Session session, string runId, RunEnded ended, CancellationToken cancellationToken)
    {
        session.Output.Line(
            $"{runId}: {StateText.Of(ended.State)}{(ended.Failure is { } failure ? $": {failure.Code}: {failure.Message}" : "")}");
        if (!session.Output.IsJson && !ended.Output.IsEmpty)
        {
            session.Output.Value(await session.Patient.ReadValueAsync(ended.Output.Memory, cancellationToken));
        }

        return StateText.IsSuccess(ended.State) ? ExitCode.Done : ExitCode.Failed;
    }
}
