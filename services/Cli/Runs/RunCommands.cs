using System.CommandLine;
using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Orchestration.Contracts;

namespace Cli.Runs;

/// <summary><c>orchestrate run …</c>: submit, follow and steer runs.</summary>
internal static class RunCommands
{
    public static Command Create() => new("run", "Works with runs.")
    {
        RunSubmitCommand.Create(), RunListCommand.Create(), RunShowCommand.Create(), Watch(), Cancel(), Signal(),
    };

    public static Argument<string> RunId() => new("ID") { Description = "Id of the run." };

    private static Command Watch()
    {
        var run = RunId();
        var children = new Option<bool>("--children") { Description = "Adds the events of the runs below it." };
        var items = new Option<bool>("--items") { Description = "Shows every item of a repeated step; they are counted otherwise." };
        return RemoteCommand.Create(
            "watch", "Follows a run from its first event to its end and shows its output; Ctrl-C leaves it running.",
            [run, children, items], async (session, parsed, cancellationToken) =>
        {
            var id = parsed.GetRequiredValue(run);

            await AskAsync(session, id, cancellationToken);
            return await RunWatch.FollowAsync(
                session, id, parsed.GetValue(children), isAccepted: false, parsed.GetValue(items), cancellationToken);
        });
    }

    /// <summary>
    /// Says at once when nobody is there, and asks for some seconds more: the monitor may be starting again. A run that is not known may
    /// have been accepted just now: watching waits for it.
    /// </summary>
    private static async Task AskAsync(Session session, string runId, CancellationToken cancellationToken)
    {
        var request = new GetRunRequest { RunId = runId };
        try
        {
            try
            {
                await session.Client.Queries.GetRunAsync(request, cancellationToken: cancellationToken);
            }
            catch (RpcException problem) when (problem.StatusCode == StatusCode.Unavailable && !cancellationToken.IsCancellationRequested)
            {
                RunWatch.Tell(session, runId, isThere: false);
                await session.Patient.Queries.GetRunAsync(request, cancellationToken: cancellationToken);
                RunWatch.Tell(session, runId, isThere: true);
            }
        }
        catch (RpcException problem) when (problem.StatusCode == StatusCode.NotFound)
        {
            // Who is asked next has the last word; a watch has the patience.
        }
    }

    private static Command Cancel()
    {
        var run = RunId();
        var reason = new Option<string>("--reason")
            { Description = "Why, for the history.", DefaultValueFactory = _ => "cancelled on the command line" };
        return RemoteCommand.Create(
            "cancel", "Asks a run to stop; it ends cancelled.", [run, reason], async (session, parsed, cancellationToken) =>
        {
            var request = new CancelRunRequest { RunId = parsed.GetRequiredValue(run), Reason = parsed.GetRequiredValue(reason) };
            var answer = await session.Client.Runs.CancelRunAsync(request, cancellationToken: cancellationToken);
            session.Output.Line($"{request.RunId} is asked to stop");
            session.Output.Json(ContractJson.Of(answer));
            return ExitCode.Done;
        });
    }

    private static Command Signal()
    {
        var run = RunId();
        var name = new Argument<string>("EVENT") { Description = "Name of the event, as the plan's waitFor says." };
        var payload = new Option<string?>("--payload") { Description = "What the event carries: JSON.", HelpName = "JSON" };
        var requestId = RequestIdOption.Create("Your name for this event, at most 64 characters: given again the event is not sent twice.");
        payload.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Problem(token.Value) is { } problem)
            {
                result.AddError($"--payload is not JSON: {problem}");
            }
        });
        return RemoteCommand.Create(
            "signal", "Sends a named event to a run that waits, or will wait, for it.", [run, name, payload, requestId], async (
                session, parsed, cancellationToken) =>
        {
            var request = new SignalRunRequest
            {
                RunId = parsed.GetRequiredValue(run),
                Event = parsed.GetRequiredValue(name),
                Payload = parsed.GetValue(payload) is { } json ? ByteString.CopyFromUtf8(json) : ByteString.Empty,
                RequestId = RequestIdOption.Read(parsed, requestId),
            };
            var answer = await session.Client.Runs.SignalRunAsync(request, cancellationToken: cancellationToken);
            session.Output.Line($"{request.RunId} is told {request.Event}");
            session.Output.Json(ContractJson.Of(answer));
            return ExitCode.Done;
        });
    }

    private static string? Problem(string json)
    {
        try
        {
            using var _ = JsonDocument.Parse(json);
            return null;
        }
        catch (JsonException problem)
        {
            return problem.Message.Split(" LineNumber:")[0];
        }
    }
}
