using Orchestration.Contracts;

namespace Launcher;

/// <summary>The report of a start: who is registered, and whether all is well (OPS-01).</summary>
internal static class StatusReport
{
    public static void Print(SystemStatus status, Screen screen)
    {
        screen.Line("");
        screen.Line($"Registered {status.AgentsTotal} agents:");
        foreach (var agent in status.Agents)
        {
            var instances = agent.Instances.Count(instance => instance.Healthy);
            screen.Line($"  {(agent.Healthy ? "+" : "-")} {agent.Descriptor_.Name} ({agent.Descriptor_.AgentId} {agent.Descriptor_.Version}), "
                + $"{agent.AppId} x{instances}, {agent.Descriptor_.Skills.Count} skill(s), max tasks {agent.Descriptor_.MaxTasks}");
        }

        screen.Line("");
        screen.Line("Health check:");
        screen.Line($"  Coordinator status: {status.Coordinator}");
        screen.Line($"  Online: {status.AgentsOnline}/{status.AgentsTotal}");
        screen.Line("");
    }
}
