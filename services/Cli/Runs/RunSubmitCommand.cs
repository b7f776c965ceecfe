using System.CommandLine;
using Cli.Plans;
using Google.Protobuf;
using Orchestration.Client;
using Orchestration.Contracts;

namespace Cli.Runs;

/// <summary><c>orchestrate run submit</c>.</summary>
internal static class RunSubmitCommand
{
    private static readonly Option<string> Plan = new("--plan") { Description = "A plan's file, or the id of a registered one: name or name@version.", HelpName = "FILE|ID", Required = true };
    private static readonly Option<string?> Input = new("--input") { Description = "JSON file with the inputs. Files they name as {\"$file\": \"path\"}, relative to it, are uploaded; a file has at most 64 MiB, plan and inputs together 4 MiB.", HelpName = "FILE" };
    private static readonly Option<string?> RequestId = RequestIdOption.Create("Your name for this request, at most 64 characters: given again it returns the same run.");
    private static readonly Option<string[]> Labels = LabelOption.Create("Label of the run; may be repeated.");
    private static readonly Option<int?> Priority = new("--priority") { Description = "Overrides the plan's priority, -100 to 100." };
    private static readonly Option<bool> Watch = new("--watch") { Description = "Follows the run to its end and shows its output; Ctrl-C leaves it running." };

    public static Command Create() => RemoteCommand.Create("submit", "Submits a run.", [Plan, Input, RequestId, Labels, Priority, Watch], SubmitAsync);

    private static async Task<int> SubmitAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var named = parsed.GetRequiredValue(Plan);
        var request = new SubmitRunRequest { RequestId = RequestIdOption.Read(parsed, RequestId) };
        if (await PlanSource.ReadAsync(named, cancellationToken) is { } document)
        {
            request.Document = document;
        }
        else
        {
            request.PlanId = named;
        }

        request.Labels.Add(LabelOption.Read(parsed, Labels));

        if (parsed.GetValue(Priority) is { } priority)
        {
            request.Priority = priority;
        }

        await session.Client.System.GetSystemStatusAsync(new GetSystemStatusRequest(), cancellationToken: cancellationToken);
        if (parsed.GetValue(Input) is { } input)
        {
            request.Inputs = ByteString.CopyFrom(await InputFile.ReadInputsAsync(session.Patient, request.RequestId, input, cancellationToken));
        }

        var accepted = await PlanSource.TryAsync(session, named, () => session.Patient.SubmitAsync(request, cancellationToken));
        return accepted is null ? ExitCode.Failed : await AfterAsync(session, parsed, accepted, cancellationToken);
    }

    private static async Task<int> AfterAsync(Session session, ParseResult parsed, SubmitRunResponse accepted, CancellationToken cancellationToken)
    {
        session.Output.Line($"{accepted.RunId} {(accepted.RepeatedRequest ? "was submitted before under this request id" : "is accepted")}");
        if (parsed.GetValue(Watch))
        {
            session.Output.JsonLine(ContractJson.Of(accepted));
            return await RunWatch.FollowAsync(session, accepted.RunId, includeChildren: false, isAccepted: true, everyItem: false, cancellationToken);
        }

        session.Output.Line($"Watch it: orchestrate run watch {accepted.RunId}");
        session.Output.Json(ContractJson.Of(accepted));
        return ExitCode.Done;
    }
}
