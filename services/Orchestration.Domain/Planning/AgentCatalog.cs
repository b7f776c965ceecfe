using System.Collections.Immutable;
using System.Text.Json;

namespace Orchestration.Domain.Planning;

/// <summary>The agents that were registered when a plan was validated.</summary>
/// <param name="Agents">One entry per agent and version.</param>
public sealed record AgentCatalog(ImmutableArray<CatalogAgent> Agents);

/// <summary>One version of an agent.</summary>
/// <param name="Id">Id by which plans name it.</param>
/// <param name="Version">Its version, for example <c>1.4.2</c>.</param>
/// <param name="Capabilities">Tags by which plans can choose it.</param>
/// <param name="Skills">What it can do.</param>
public sealed record CatalogAgent(string Id, string Version, ImmutableArray<string> Capabilities, ImmutableArray<CatalogSkill> Skills);

/// <summary>One thing an agent can do.</summary>
/// <param name="Name">What plans call the action.</param>
/// <param name="InputSchema">JSON schema of the input; null means that anything is accepted.</param>
public sealed record CatalogSkill(string Name, JsonElement? InputSchema = null);
