using System.CommandLine;
using Orchestration.Client;

namespace Launcher;

/// <summary>The command line.</summary>
internal static class LaunchCommand
{
    private const string Explanation = """
        Starts the whole system on this machine - the sidecar and every app of dapr.yaml - does one job on it, reports, and stops
        everything again. The job is the batch of documents in examples/documents unless another is named.

        Data, logs and keys live in artifacts/launcher: job-<id> for a single job (removed when it succeeds), data with --keep
        (kept: runs, blobs and events; it grows with every run; stop the launcher and delete the folder to reset).
        Reports go to artifacts/reports unless --out names another folder. A program's log has at most 32 MiB. Nothing is downloaded.

        Limits: a file that is uploaded 64 MiB, a plan 1.5 MiB, a plan and its inputs together 4 MiB (larger content goes in as files).

        Exit codes: 0 done (with --keep: and stopped), 1 the job failed, 2 the system did not start or the arguments are wrong, 130 interrupted.
        """;

    public static RootCommand Create()
    {
        var runFile = new Option<string?>("--run-file")
            { Description = "Dapr multi-app run file; the nearest dapr.yaml above the program otherwise. An app without a command is left to you to start." };
        var documents = new Option<string?>("--documents") { Description = "Folder whose files are processed as one batch." };
        var plan = new Option<string?>("--plan") { Description = "Runs this plan (YAML or JSON) instead of the document batch." };
        var input = new Option<string?>("--input")
            { Description = "JSON file with the inputs of --plan; files it names as {\"$file\": \"path\"}, relative to it, are uploaded." };
        var output = new Option<string?>("--out") { Description = "Folder for the report." };
        var data = new Option<string?>("--data") { Description = "Folder for data, logs and keys." };
        var keep = new Option<bool>("--keep")
            { Description = "Leaves the system running after the job, until Ctrl-C, and leaves connection.json in the data folder for the command line (services/Cli)." };
        var idle = new Option<bool>("--no-job")
            { Description = "Does no job: starts everything, prints who is registered and whether all is well, and stops (or stays, with --keep)." };
        var logs = new Option<bool>("--logs") { Description = "Shows every program's log lines, prefixed with its name." };
        var command = new RootCommand(Explanation) { runFile, documents, plan, input, output, data, keep, idle, logs };
        command.Validators.Add(result =>
        {
            if (result.GetResult(input) is not null && result.GetResult(plan) is null)
            {
                result.AddError("--input goes with --plan");
            }

            if (new Option[] { plan, documents, idle }.Count(job => result.GetResult(job) is not null) > 1)
            {
                result.AddError("--plan, --documents and --no-job exclude each other; give one");
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new LaunchOptions(
                parsed.GetValue(runFile), parsed.GetValue(documents), parsed.GetValue(plan), parsed.GetValue(input), parsed.GetValue(
                    output),
                parsed.GetValue(data), parsed.GetValue(keep), parsed.GetValue(idle), parsed.GetValue(logs)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(LaunchOptions options, CancellationToken cancellationToken)
    {
        using var interruption = new Interruption(cancellationToken);
        try
        {
            return await Launch.RunAsync(options, interruption);
        }
        catch (Exception problem) when (problem is LaunchException or InputException)
        {
            await Console.Error.WriteLineAsync(Printable.Lines(problem.Message));
            return 2;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return Interruption.ExitCode;
        }
    }
}
