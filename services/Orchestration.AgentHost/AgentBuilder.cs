using Microsoft.Extensions.DependencyInjection;
using Orchestration.Contracts.Agents;

namespace Orchestration.AgentHost;

/// <summary>Describes one agent.</summary>
public sealed class AgentBuilder
{
    private readonly IServiceCollection services;
    private readonly List<Func<IServiceProvider, Skill>> skills = [];
    private readonly List<string> capabilities = [];
    private string name;
    private string description = "";
    private string version = "1.0.0";
    private int maxTasks = 4;
    private int queue = 4;

    internal AgentBuilder(string id, IServiceCollection services)
    {
        Id = AgentName.Checked(id, "agent id");
        name = id;
        this.services = services;
    }

    internal string Id { get; }

    /// <summary>Adds a skill. It is made once by the container, with whatever its constructor asks for.</summary>
    public AgentBuilder Skill<TSkill>() where TSkill : Skill
    {
        services.AddSingleton<TSkill>();
        skills.Add(provider => provider.GetRequiredService<TSkill>());
        return this;
    }

    /// <summary>Name for people; the id when not given.</summary>
    public AgentBuilder Name(string value)
    {
        name = value;
        return this;
    }

    /// <summary>What the agent is for, in a sentence.</summary>
    public AgentBuilder Description(string value)
    {
        description = value;
        return this;
    }

    /// <summary>Semantic version, for example "1.2.0"; plans may ask for a range.</summary>
    public AgentBuilder Version(string value)
    {
        version = value;
        return this;
    }

    /// <summary>Tags by which a plan can choose the agent without naming it.</summary>
    public AgentBuilder Capability(params string[] tags)
    {
        capabilities.AddRange(tags.Select(tag => AgentName.Checked(tag, "capability")));
        return this;
    }

    /// <summary>Most calls the agent executes at once in one process, 1 to 1000; 4 when not given.</summary>
    public AgentBuilder MaxTasks(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1000);
        maxTasks = value;
        return this;
    }

    /// <summary>
    /// Calls that may wait for a slot, 0 to 1000, those with the higher priority first; 4 when not given. More are refused at once.
    /// </summary>
    public AgentBuilder Queue(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1000);
        queue = value;
        return this;
    }

    internal HostedAgent Build(IServiceProvider provider)
    {
        var own = skills.Select(make => make(provider)).ToList();
        foreach (var skill in own)
        {
            AgentName.Checked(skill.Name, $"skill of agent '{Id}'");
        }

        var twice = own.GroupBy(skill => skill.Name).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? new HostedAgent(
                new AgentDescriptor
                    { AgentId = Id, Version = version, Name = name, Description = description, Capabilities = { capabilities.Distinct() } },
                own,
                new TaskSlots(maxTasks, queue, provider.GetRequiredService<TimeProvider>()))
            : throw new InvalidOperationException($"The agent '{Id}' has two skills named '{twice.Key}'.");
    }
}
