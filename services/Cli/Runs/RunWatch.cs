using System.Globalization;
using Grpc.Core;
using Orchestration.Client;
using Orchestration.Contracts;

namespace Cli.Runs;

/// <summary>Follows a run to its end, one event a line, and shows what came out.</summary>
internal static class RunWatch
{
    public static async Task<int> FollowAsync(Session session, string runId, bool includeChildren, CancellationToken cancellationToken)
    {
        try
        {
            RunEnded? ended = null;
            await foreach (var happened in session.Patient.WatchAsync(runId, includeChildren, cancellationToken))
            {
                session.Output.Line(Line(runId, happened));
                session.Output.JsonLine(ContractJson.Of(happened));
                ended = happened.RunId == runId && happened.RunEnded is { } end ? end : ended;
            }

            return await EndAsync(session, runId, ended!, cancellationToken);
        }
        catch (Exception problem) when (cancellationToken.IsCancellationRequested && problem is (OperationCanceledException or RpcException))
        {
            session.Output.Line($"Stopped watching; {runId} goes on. Watch it again: orchestrate run watch {runId}. Stop it: orchestrate run cancel {runId}");
            return ExitCode.Interrupted;
        }
    }

    private static async Task<int> EndAsync(Session session, string runId, RunEnded ended, CancellationToken cancellationToken)
    {
        session.Output.Line($"{runId}: {StateText.Of(ended.State)}{(ended.Failure is { } failure ? $": {failure.Code}: {failure.Message}" : "")}");
        if (!session.Output.IsJson && !ended.Output.IsEmpty)
        {
            session.Output.Value(await session.Patient.ReadValueAsync(ended.Output.Memory, cancellationToken));
        }

        return StateText.IsSuccess(ended.State) ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Line(string runId, RunEvent happened)
    {
        var time = happened.Time?.ToDateTimeOffset().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture) ?? "";
        var child = happened.RunId == runId ? "" : $"{happened.RunId} ";
        return $"{time}  {happened.Type,-16} {child}{happened.StepId}{Detail(happened)}".TrimEnd();
    }

    private static string Detail(RunEvent happened) => happened.PayloadCase switch
    {
        RunEvent.PayloadOneofCase.StepStarted when happened.StepStarted.AgentId.Length > 0 => $"  on {happened.StepStarted.AgentId} of {happened.StepStarted.AppId}",
        RunEvent.PayloadOneofCase.StepEnded when happened.StepEnded.Failure is { } failure => $"  {failure.Code}: {failure.Message}",
        RunEvent.PayloadOneofCase.StepWaiting => $"  {happened.StepWaiting.Reason}: {happened.StepWaiting.Failure?.Message ?? happened.StepWaiting.Message}",
        RunEvent.PayloadOneofCase.Progress => string.Create(CultureInfo.InvariantCulture, $"  {happened.Progress.Percent:0} % {happened.Progress.Message}"),
        RunEvent.PayloadOneofCase.Insight => $"  {happened.Insight.Type}",
        RunEvent.PayloadOneofCase.RunEnded => $" {StateText.Of(happened.RunEnded.State)}",
        RunEvent.PayloadOneofCase.ChildStarted => $"  {happened.ChildStarted.ChildRunId}",
        _ => "",
    };
}
