using System.CommandLine;
using Cli.Agents;
using Orchestration.Contracts;

namespace Cli;

/// <summary><c>orchestrate status</c>: is all well? (OPS-01)</summary>
internal static class StatusCommand
{
    public static Command Create() => RemoteCommand.Create(
        "status", "Says whether the system is well, and which agents are online.", [], async (session, _, cancellationToken) =>
    {
        var status = await session.Client.System.GetSystemStatusAsync(new GetSystemStatusRequest(), cancellationToken: cancellationToken);
        session.Output.Line(
            $"{session.Address}: coordinator {status.Coordinator}, agents online {status.AgentsOnline}/{status.AgentsTotal}, "
            + $"steps running {status.RunningSteps}, queued {status.QueuedSteps}");
        AgentTable.Write(session.Output, status.Agents);
        session.Output.Json(ContractJson.Of(status));
        return status.Coordinator == "healthy" ? ExitCode.Done : ExitCode.Failed;
    });
}
