using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Orchestration.Contracts.Agents;
using Orchestration.Domain.Planning;
using Orchestrator.Agents;
using Orchestrator.Agents.Registry;

namespace Orchestrator.Runs;

/// <summary>The registry's agents as plans are validated against them: also those that are away just now.</summary>
internal sealed class RegisteredAgents(AgentRegistry registry, IOptions<AgentsOptions> options)
{
    // Schemas are parsed once for each description, not for each plan.
    private readonly ConditionalWeakTable<AgentModel, CatalogAgent> _known = [];

    public AgentCatalog Of(string tenant) => new(
    [
        .. registry.Snapshot.Agents
            .Where(agent => agent.Serves(tenant, options.Value.SharedTenant))
            .Select(agent => _known.GetValue(agent, Describe)),
    ]);

    private static CatalogAgent Describe(AgentModel agent) => new(
        agent.Key.AgentId,
        agent.Key.Version,
        [.. agent.Descriptor.Capabilities],
        [.. agent.Descriptor.Skills.Select(skill => new CatalogSkill(skill.Name, SchemaOf(skill)))]);

    private static JsonElement? SchemaOf(SkillDescriptor skill)
    {
        try
        {
            return skill.InputSchema.Length == 0 ? null : JsonElement.Parse(skill.InputSchema);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
