using System.Collections.Immutable;
using System.Text.Json;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Planning;

/// <summary>Rules about agents: that they are registered, can do what is asked, and take what is sent.</summary>
internal static class AgentRules
{
    internal static void AgentsExist(PlanCheck check)
    {
        if (check.Catalog is not { } catalog)
        {
            return;
        }

        for (int i = 0; i < check.Plan.Steps.Length; i++)
        {
            PlanStep step = check.Plan.Steps[i];
            var call = step.Work as StepWork.CallAgent;
            if (call is not null)
            {
                CheckCall(check, catalog, call, check.Step(i));
            }

            if (step.Fallback is Fallback.OtherAgent other)
            {
                string action = other.Action ?? call?.Action ?? step.Id;
                CheckCall(check, catalog, new StepWork.CallAgent(other.Agent, action, call?.Input ?? Template.Empty),
                    $"{check.Step(i)}.fallback");
            }
        }
    }

    private static void CheckCall(PlanCheck check, AgentCatalog catalog, StepWork.CallAgent call, string part)
    {
        if (call.Agent.IsComputed || Candidates(check, catalog, call.Agent, part) is not { } agents)
        {
            return;
        }

        CatalogSkill[] skills = [.. agents.SelectMany(agent => agent.Skills).Where(skill => skill.Name == call.Action)];
        if (skills.Length == 0)
        {
            string suggestion = check.Suggest(call.Action, agents.SelectMany(agent => agent.Skills).Select(skill => skill.Name).Distinct());
            string who = call.Agent.Agent is { } id ? $"the agent '{id}' has no" : "no agent has the";
            check.Report(ProblemCode.UnknownAction, $"{part}.action", $"{who} action '{call.Action}'{suggestion}");
            return;
        }

        CheckInput(check, skills, call.Input, $"{part}.input");
    }

    /// <summary>The agents a selector may mean; null when there are none, which is reported.</summary>
    private static CatalogAgent[]? Candidates(PlanCheck check, AgentCatalog catalog, AgentSelector selector, string part)
    {
        CatalogAgent[] agents = [.. catalog.Agents.Where(agent => selector.Agent is null || agent.Id == selector.Agent)];
        if (agents.Length == 0)
        {
            string suggestion = check.Suggest(selector.Agent ?? "", catalog.Agents.Select(agent => agent.Id).Distinct());
            return None($"{part}.agent", $"no agent '{selector.Agent}' is registered{suggestion}");
        }

        if (selector.Capability is { } capability)
        {
            string suggestion = check.Suggest(capability, agents.SelectMany(agent => agent.Capabilities).Distinct());
            agents = [.. agents.Where(agent => agent.Capabilities.Contains(capability))];
            if (agents.Length == 0)
            {
                return None($"{part}.capability", $"no agent with the capability '{capability}' is registered{suggestion}");
            }
        }

        if (selector.VersionRange is { } range && VersionRange.Parse(range) is { } accepted)
        {
            string versions = string.Join(", ", agents.Select(agent => $"{agent.Id} {agent.Version}"));
            agents = [.. agents.Where(agent => accepted.Accepts(agent.Version))];
            if (agents.Length == 0)
            {
                return None($"{part}.version", $"no registered version is in '{range}' (there are {versions})");
            }
        }

        return agents;

        CatalogAgent[]? None(string where, string message)
        {
            check.Report(ProblemCode.UnknownAgent, where, message);
            return null;
        }
    }

    /// <summary>An input is wrong when no candidate takes it; the report says what the first one misses.</summary>
    private static void CheckInput(PlanCheck check, CatalogSkill[] skills, Template input, string part)
    {
        ImmutableArray<SchemaProblem> first = [];
        foreach (CatalogSkill skill in skills)
        {
            ImmutableArray<SchemaProblem> problems = skill.InputSchema is { ValueKind: JsonValueKind.Object } schema
                ? JsonSchema.Check(schema, input)
                : [];
            if (problems.IsEmpty)
            {
                return;
            }

            first = first.IsEmpty ? problems : first;
        }

        foreach (SchemaProblem problem in first)
        {
            check.Report(ProblemCode.Schema, part + problem.Path, $"the input of '{skills[0].Name}' does not fit: {problem.Message}");
        }
    }
}
