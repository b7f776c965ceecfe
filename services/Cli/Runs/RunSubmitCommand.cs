using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Cli.Plans;
using Google.Protobuf;
using Orchestration.Client;
using Orchestration.Contracts;

namespace Cli.Runs;

/// <summary><c>orchestrate run submit</c>.</summary>
internal static class RunSubmitCommand
{
    // From where the documents come, for those who read what the plan makes of them.
    private const string SourceInput = "source";

    private static readonly Option<string> Plan = new("--plan")
        { Description = "A plan's file, or the id of a registered one: name or name@version.", HelpName = "FILE|ID", Required = true };
    private static readonly Option<string?> Input =
        new("--input") { Description = "JSON file with the inputs. Files they name as {\"$file\": \"path\"}, relative to it, are uploaded; a file has at most 64 MiB, plan and inputs together 4 MiB.", HelpName = "FILE" };
    private static readonly Option<string?> Documents =
        new("--documents") { Description = "Folder whose files are uploaded and submitted as one batch, as the launcher does: the inputs are {\"documents\": [{name, content}]}, and the folder's path as source when the plan has such an input. A file that cannot be uploaded is named and left out, and the command ends with 1.", HelpName = "FOLDER" };
    private static readonly Option<string?> RequestId =
        RequestIdOption.Create("Your name for this request, at most 64 characters: given again it returns the same run.");
    private static readonly Option<string[]> Labels = LabelOption.Create("Label of the run; may be repeated.");
    private static readonly Option<int?> Priority = PriorityOption();
    private static readonly Option<bool> Watch =
        new("--watch") { Description = "Follows the run to its end and shows its output; Ctrl-C leaves it running." };

    public static Command Create()
    {
        var command = RemoteCommand.Create(
            "submit", "Submits a run.", [Plan, Input, Documents, RequestId, Labels, Priority, Watch], SubmitAsync);
        command.Validators.Add(result =>
        {
            if (result.GetResult(Input) is not null && result.GetResult(Documents) is not null)
            {
                result.AddError("--input and --documents exclude each other; give one");
            }
        });
        return command;
    }

    private static Option<int?> PriorityOption()
    {
        var priority = new Option<int?>("--priority") { Description = "Overrides the plan's priority, -100 to 100." };
        priority.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var value)
                && value is < -100 or > 100)
            {
                result.AddError("--priority is -100 to 100");
            }
        });
        return priority;
    }

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
        var isWhole = true;
        if (parsed.GetValue(Input) is { } input)
        {
            request.Inputs = ByteString.CopyFrom(
                await InputFile.ReadInputsAsync(session.Patient, request.RequestId, input, cancellationToken));
        }
        else if (parsed.GetValue(Documents) is { } folder)
        {
            (request.Inputs, isWhole) = await UploadAsync(session, request, Path.GetFullPath(folder), cancellationToken);
        }

        var accepted = await PlanSource.TryAsync(named, () => session.Patient.SubmitAsync(request, cancellationToken));
        var exitCode = await AfterAsync(session, parsed, accepted, cancellationToken);
        return exitCode == ExitCode.Done && !isWhole ? ExitCode.Failed : exitCode;
    }

    private static async Task<(ByteString Inputs, bool IsWhole)> UploadAsync(
        Session session, SubmitRunRequest request, string folder, CancellationToken cancellationToken)
    {
        var isWhole = true;
        var source = new DocumentFolder(folder, (name, why) =>
        {
            Volatile.Write(ref isWhole, false);
            session.Errors.Tell("left_out", $"{name} is left out: {why}");
        });
        var files = source.Files();
        var plan = request.PlanId.Length > 0
            ? new PreviewPlanRequest { PlanId = request.PlanId }
            : new PreviewPlanRequest { Document = request.Document };
        var preview = await session.Client.Plans.PreviewPlanAsync(plan, cancellationToken: cancellationToken);
        var documents = await source.UploadAsync(session.Patient, request.RequestId, files, cancellationToken);
        session.Output.Line(
            string.Create(CultureInfo.InvariantCulture, $"Uploaded {documents.Count} of {files.Count} documents from {folder}"));
        if (documents.Count == 0)
        {
            throw new CliException(ExitCode.Failed, $"{folder}: no document could be uploaded; nothing is submitted");
        }

        var inputs = DocumentFolder.InputsOf(documents);
        if (preview.Inputs.Contains(SourceInput))
        {
            inputs[SourceInput] = folder;
        }

        return (ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(inputs)), isWhole);
    }

    private static async Task<int> AfterAsync(
        Session session, ParseResult parsed, SubmitRunResponse accepted, CancellationToken cancellationToken)
    {
        session.Output.Line(
            $"{accepted.RunId} {(accepted.RepeatedRequest ? "was submitted before under this request id" : "is accepted")}");
        if (parsed.GetValue(Watch))
        {
            session.Output.JsonLine(ContractJson.Of(accepted));
            return await RunWatch.FollowAsync(
                session, accepted.RunId, includeChildren: false, isAccepted: true, everyItem: false, cancellationToken);
        }

        session.Output.Line($"Watch it: orchestrate run watch {accepted.RunId}");
        session.Output.Json(ContractJson.Of(accepted));
        return ExitCode.Done;
    }
}
