using System.CommandLine;
using System.Text.Json;
using Orchestration.Contracts;

namespace Cli.Runs;

/// <summary><c>orchestrate run show</c>.</summary>
internal static class RunShowCommand
{
    public static Command Create()
    {
        var run = RunCommands.RunId();
        var output = new Option<bool>("--output")
            { Description = "Writes the output of the run and nothing else; a large one is fetched." };
        var items = new Option<bool>("--items")
            { Description = "Shows every item of a repeated step; they are counted otherwise, with the first that failed." };
        return RemoteCommand.Create(
            "show", "Shows a run, its steps and what came out.", [run, output, items], async (session, parsed, cancellationToken) =>
        {
            var request = new GetRunRequest { RunId = parsed.GetRequiredValue(run), IncludeSteps = true };
            var answer = await session.Patient.Queries.GetRunAsync(request, cancellationToken: cancellationToken);
            if (parsed.GetValue(output))
            {
                var value = await session.Patient.ReadValueAsync(answer.Output.Memory, cancellationToken);
                session.Output.Value(value);
                session.Output.Json(JsonSerializer.SerializeToNode(value));
                return ExitCode.Done;
            }

            new RunView(session.Output, parsed.GetValue(items), TimeProvider.System.GetUtcNow()).Write(answer);
            session.Output.Json(ContractJson.Of(answer));
            return ExitCode.Done;
        });
    }
}
