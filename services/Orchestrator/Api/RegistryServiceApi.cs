using System.Collections.Immutable;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Orchestration.Contracts;
using Orchestration.Hosting.Errors;
using Orchestration.Hosting.Identity;
using Orchestrator.Agents;
using Orchestrator.Agents.Registry;

namespace Orchestrator.Api;

/// <summary>The registry on the wire. An agent's key decides whose agents they are.</summary>
internal sealed class RegistryServiceApi(AgentRegistry registry, AgentListing listing, IOptions<AgentsOptions> options)
    : RegistryService.RegistryServiceBase
{
    public override async Task<RegisterInstanceResponse> RegisterInstance(RegisterInstanceRequest request, ServerCallContext context)
    {
        var problems = DescriptorCheck.ProblemsOf(request).ToList();
        if (problems.Count > 0)
        {
            throw FailureException.InvalidArgument($"The registration is refused: {string.Join("; ", problems)}.");
        }

        await registry.RegisterAsync(
            context.GetCaller().Tenant, new InstanceKey(request.AppId, request.InstanceId), request.Agents, context.CancellationToken);
        return new RegisterInstanceResponse { HeartbeatIntervalMs = (int)options.Value.HeartbeatInterval.TotalMilliseconds };
    }

    public override Task<HeartbeatResponse> Heartbeat(HeartbeatRequest request, ServerCallContext context)
    {
        if (request.Loads.Count > RegistryBounds.AgentsPerInstance)
        {
            throw FailureException.InvalidArgument(
                $"A sign of life has at most {RegistryBounds.AgentsPerInstance} loads; this one has {request.Loads.Count}.");
        }

        if (!DescriptorCheck.IsName(request.AppId) || !DescriptorCheck.IsName(request.InstanceId))
        {
            throw FailureException.InvalidArgument($"'{request.AppId}' is no app id, or '{request.InstanceId}' no instance id.");
        }

        var loads = request.Loads.DistinctBy(load => load.AgentId).ToImmutableSortedDictionary(
            load => load.AgentId, load => new ReportedLoad(Math.Max(0, load.Running), Math.Max(0, load.Queued)));
        var instance = new InstanceKey(request.AppId, request.InstanceId);
        return registry.Heartbeat(context.GetCaller().Tenant, instance, loads)
            ? Task.FromResult(new HeartbeatResponse())
            : throw FailureException.NotFound($"The instance '{request.InstanceId}' of '{request.AppId}' is not registered.");
    }

    public override async Task<DeregisterInstanceResponse> DeregisterInstance(DeregisterInstanceRequest request, ServerCallContext context)
    {
        await registry.DeregisterAsync(
            context.GetCaller().Tenant, new InstanceKey(request.AppId, request.InstanceId), context.CancellationToken);
        return new DeregisterInstanceResponse();
    }

    public override Task<ListAgentsResponse> ListAgents(ListAgentsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListAgentsResponse
    {
        Agents =
        {
            listing.Of(context.GetCaller().Tenant).Where(agent =>
                (request.Capability.Length == 0 || agent.Descriptor_.Capabilities.Contains(request.Capability))
                && (agent.Healthy || !request.HealthyOnly)),
        },
    });

    /// <summary>The newest version, a healthy one first.</summary>
    public override Task<Agent> GetAgent(GetAgentRequest request, ServerCallContext context) => Task.FromResult(
        listing.Of(context.GetCaller().Tenant)
            .Where(agent => agent.Descriptor_.AgentId == request.AgentId)
            .OrderByDescending(agent => agent.Healthy)
            .ThenByDescending(agent => Version.TryParse(agent.Descriptor_.Version.Split('-', '+')[0], out var version)
                ? version
                : new Version(0, 0))
            .FirstOrDefault()
        ?? throw FailureException.NotFound($"There is no agent '{request.AgentId}'."));
}
