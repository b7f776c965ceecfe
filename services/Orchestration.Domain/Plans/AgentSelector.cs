using Orchestration.Domain.Expressions;

namespace Orchestration.Domain.Plans;

/// <summary>
/// Names an agent, or what it must be able to do. Id and capability may hold expressions, which are evaluated when the step
/// starts; such an agent is not known before.
/// </summary>
/// <param name="Agent">Id of the agent; null means any that has the action (and the capability, when given).</param>
/// <param name="Capability">Capability tag the agent must carry; null means none is asked for.</param>
/// <param name="VersionRange">Accepted versions, for example <c>&gt;=1.2 &lt;2</c>; null means any.</param>
public sealed record AgentSelector(string? Agent, string? Capability = null, string? VersionRange = null)
{
    /// <summary>True when the agent is known only when the step starts.</summary>
    public bool IsComputed => AgentTemplate is not null || CapabilityTemplate is not null;

    internal Template? AgentTemplate => Computed(Agent);

    internal Template? CapabilityTemplate => Computed(Capability);

    /// <summary>Puts the values of the expressions in place.</summary>
    /// <returns>The selector, or why there is none.</returns>
    public (AgentSelector? Selector, string? Error) Evaluate(ExpressionScope scope)
    {
        if (!IsComputed)
        {
            return (this, null);
        }

        var (agent, agentError) = Text(Agent, AgentTemplate, scope);
        var (capability, capabilityError) = Text(Capability, CapabilityTemplate, scope);
        return (agentError ?? capabilityError) is { } error ? (null, error) : (new AgentSelector(agent, capability, VersionRange), null);
    }

    private static Template? Computed(string? text) => text is not null && Template.Of(text) is { IsConstant: false } template
        ? template
        : null;

    private static (string? Text, string? Error) Text(string? written, Template? template, ExpressionScope scope)
    {
        if (template is null)
        {
            return (written, null);
        }

        var value = template.Evaluate(scope);
        return value switch
        {
            { Succeeded: false } => (null, value.Error),
            { Value.ValueKind: System.Text.Json.JsonValueKind.String } => (value.Value.GetString(), null),
            _ => (null, $"'{written}' is not a text"),
        };
    }
}
