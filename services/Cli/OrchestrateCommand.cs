using System.CommandLine;
using Cli.Conformance;

namespace Cli;

/// <summary>The command line: <c>orchestrate …</c>.</summary>
internal static class OrchestrateCommand
{
    public static RootCommand Create() => new("Works with Orchestration from a terminal.")
    {
        new Command("agent", "Works with agents.") { AgentCheckCommand.Create() },
    };
}
