using System.CommandLine;
using Cli.Agents;
using Cli.Conformance;
using Cli.Plans;
using Cli.Runs;

namespace Cli;

/// <summary>The command line: <c>orchestrate …</c>.</summary>
internal static class OrchestrateCommand
{
    public static RootCommand Create() => new($"Works with a running Orchestration system from a terminal.\n\n{ConnectionOptions.Explanation}\n\n{ExitCode.Explanation}")
    {
        StatusCommand.Create(),
        PlanCommands.Create(),
        RunCommands.Create(),
        UploadCommand.Create(),
        new Command("agent", "Works with agents.") { AgentListCommand.Create(), AgentCheckCommand.Create() },
    };
}
