using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestration.Client;
using Orchestration.Contracts;

namespace Cli;

/// <summary><c>orchestrate upload</c>: content for inputs that are written by hand or by a script.</summary>
internal static class UploadCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "The files, each of at most 64 MiB.", Arity = ArgumentArity.OneOrMore };
        var collection = new Option<string?>("--collection")
            { Description = "What the content is kept with and removed with, for example a request id." };
        return RemoteCommand.Create(
            "upload", "Uploads files and writes what stands for each in the inputs of a run.", [files, collection], async (
                session, parsed, cancellationToken) =>
        {
            await session.Client.System.GetSystemStatusAsync(new GetSystemStatusRequest(), cancellationToken: cancellationToken);
            var kept = parsed.GetValue(collection) ?? $"upload-{Guid.NewGuid():N}";
            var uploaded = new JsonArray();
            foreach (var file in parsed.GetRequiredValue(files))
            {
                var reference = await InputFile.UploadAsync(session.Patient, kept, file, cancellationToken);
                session.Output.Line($"{file}: {reference.ToJsonString()}");
                uploaded.Add(new JsonObject { ["file"] = file, ["content"] = reference });
            }

            session.Output.Json(uploaded);
            return ExitCode.Done;
        });
    }
}
