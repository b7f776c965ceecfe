using System.CommandLine;
using System.CommandLine.Invocation;
using Cli.Agents;
using Cli.Conformance;
using Cli.Plans;
using Cli.Runs;

namespace Cli;

/// <summary>The command line: <c>orchestrate …</c>.</summary>
internal static class OrchestrateCommand
{
    public static RootCommand Create()
    {
        var root = new RootCommand(
            $"Works with a running Orchestration system from a terminal.\n\n{ConnectionOptions.Explanation}\n\n{ExitCode.Explanation}")
        {
            StatusCommand.Create(),
            PlanCommands.Create(),
            RunCommands.Create(),
            UploadCommand.Create(),
            new Command("agent", "Works with agents.") { AgentListCommand.Create(), AgentCheckCommand.Create() },
        };
        RemoteCommand.AddOptionsTo(root);
        return root;
    }

    /// <summary>Runs one command line and returns its exit code.</summary>
    public static async Task<int> RunAsync(string[] args, InvocationConfiguration configuration)
    {
        var parsed = Create().Parse(args);
        if (parsed.Action is ParseErrorAction error)
        {
            if (RemoteCommand.TellScript(parsed, configuration.Error))
            {
                return ExitCode.Usage;
            }

            // What is wrong must not be lost above a page of help; a command that wants another one after it does show them.
            error.ShowHelp = parsed.CommandResult.Command.Subcommands.Count > 0;
        }

        var code = await parsed.InvokeAsync(configuration);
        return parsed.Action is ParseErrorAction ? ExitCode.Usage : code;
    }
}
