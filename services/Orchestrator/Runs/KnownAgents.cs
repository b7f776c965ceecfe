using Orchestration.Domain.Planning;

namespace Orchestrator.Runs;

/// <summary>The agents a tenant's plans are validated against; null leaves agents unchecked.</summary>
internal delegate AgentCatalog? KnownAgents(string tenant);
