using System.Text.Json;
using Orchestration.Contracts;
using Orchestration.Contracts.Agents;
using Orchestration.Domain.Plans;

namespace Orchestrator.Agents.Registry;

/// <summary>Finds everything that is wrong with a registration.</summary>
internal static class DescriptorCheck
{
    private const int MaxBytes = 256 * 1024;

    public static IEnumerable<string> ProblemsOf(RegisterInstanceRequest request)
    {
        if (request.CalculateSize() > MaxBytes)
        {
            return [$"the registration is larger than {MaxBytes} bytes"];
        }

        return [.. Names(request), .. request.Agents.SelectMany(ProblemsOf)];
    }

    /// <summary>The form of app, instance, agent and skill names: they become parts of keys and metadata.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static IEnumerable<string> Names(RegisterInstanceRequest request)
    {
        if (!IsName(request.AppId))
        {
            yield return $"'{request.AppId}' is no app id";
        }

        if (!IsName(request.InstanceId))
        {
            yield return $"'{request.InstanceId}' is no instance id";
        }

        if (request.Agents.Count is 0 or > RegistryBounds.AgentsPerInstance)
        {
            yield return request.Agents.Count == 0 ? "there is no agent" : $"there are more than {RegistryBounds.AgentsPerInstance} agents";
        }

        foreach (var twice in request.Agents.GroupBy(agent => agent.AgentId).Where(group => group.Count() > 1))
        {
            yield return $"the agent '{twice.Key}' is described twice";
        }
    }

    private static IEnumerable<string> ProblemsOf(AgentDescriptor agent)
    {
        if (!IsName(agent.AgentId))
        {
            yield return $"'{agent.AgentId}' is no agent id";
        }

        if (VersionRange.Parse("*") is not { } any || !any.Accepts(agent.Version))
        {
            yield return $"agent '{agent.AgentId}': '{agent.Version}' is no version";
        }

        if (agent.MaxTasks is < 1 or > 1000)
        {
            yield return $"agent '{agent.AgentId}': max_tasks must be 1 to 1000";
        }

        foreach (var capability in agent.Capabilities.Where(capability => !IsName(capability)))
        {
            yield return $"agent '{agent.AgentId}': '{capability}' is no capability";
        }

        if (agent.Skills.Count == 0)
        {
            yield return $"agent '{agent.AgentId}' has no skill";
        }

        foreach (var twice in agent.Skills.GroupBy(skill => skill.Name).Where(group => group.Count() > 1))
        {
            yield return $"agent '{agent.AgentId}': the skill '{twice.Key}' is described twice";
        }

        foreach (var problem in agent.Skills.SelectMany(skill => ProblemsOf(agent, skill)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> ProblemsOf(AgentDescriptor agent, SkillDescriptor skill)
    {
        if (!IsName(skill.Name))
        {
            yield return $"agent '{agent.AgentId}': '{skill.Name}' is no skill name";
        }

        if (!IsSchema(skill.InputSchema))
        {
            yield return $"skill '{agent.AgentId}/{skill.Name}': the input schema is no JSON Schema";
        }

        if (!IsSchema(skill.OutputSchema))
        {
            yield return $"skill '{agent.AgentId}/{skill.Name}': the output schema is no JSON Schema";
        }
    }

    private static bool IsSchema(string text)
    {
        try
        {
            using var schema = JsonDocument.Parse(text);
            return schema.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.True;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
