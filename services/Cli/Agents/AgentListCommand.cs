using System.CommandLine;
using System.Globalization;
using Orchestration.Contracts;

namespace Cli.Agents;

/// <summary><c>orchestrate agent list</c>.</summary>
internal static class AgentListCommand
{
    public static Command Create()
    {
        var capability = new Option<string?>("--capability") { Description = "Only agents with this capability." };
        var healthy = new Option<bool>("--healthy") { Description = "Only agents that are online." };
        return RemoteCommand.Create(
            "list", "Lists the agents the orchestrator knows.", [capability, healthy], async (session, parsed, cancellationToken) =>
        {
            var request = new ListAgentsRequest { Capability = parsed.GetValue(capability) ?? "", HealthyOnly = parsed.GetValue(healthy) };
            var answer = await session.Client.Registry.ListAgentsAsync(request, cancellationToken: cancellationToken);
            AgentTable.Write(session.Output, answer.Agents);
            session.Output.Json(ContractJson.Of(answer));
            return ExitCode.Done;
        });
    }
}

/// <summary>Agents in a table.</summary>
internal static class AgentTable
{
    public static void Write(Output output, IEnumerable<Agent> agents)
        => output.Table(["AGENT", "VERSION", "APP", "ONLINE", "RUNNING", "QUEUED", "SKILLS"], agents.Select(Row));

    private static IReadOnlyList<string> Row(Agent agent) =>
    [
        agent.Descriptor_.AgentId,
        agent.Descriptor_.Version,
        agent.AppId,
        string.Create(CultureInfo.InvariantCulture, $"{agent.Instances.Count(instance => instance.Healthy)}/{agent.Instances.Count}"),
        agent.Instances.Sum(instance => instance.Running).ToString(CultureInfo.InvariantCulture),
        agent.Instances.Sum(instance => instance.Queued).ToString(CultureInfo.InvariantCulture),
        string.Join(", ", agent.Descriptor_.Skills.Select(skill => skill.Name)),
    ];
}
