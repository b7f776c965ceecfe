using System.Collections.Frozen;
using System.Collections.Immutable;
using Orchestration.Contracts.Agents;

namespace Orchestration.AgentHost;

/// <summary>An agent as it runs in this process.</summary>
internal sealed class HostedAgent
{
    private readonly FrozenDictionary<string, Skill> skills;

    public HostedAgent(
        string id, string version, string name, string description, ImmutableArray<string> capabilities, List<Skill> skills, TaskSlots slots)
    {
        Id = id;
        Slots = slots;
        this.skills = skills.ToFrozenDictionary(skill => skill.Name);
        Descriptor = new AgentDescriptor
        {
            AgentId = id,
            Version = version,
            Name = name,
            Description = description,
            MaxTasks = slots.Max,
            Capabilities = { capabilities },
            Skills = { skills.Select(Describe) },
        };
    }

    public string Id { get; }

    public TaskSlots Slots { get; }

    public AgentDescriptor Descriptor { get; }

    public Skill? Find(string skill) => skills.GetValueOrDefault(skill);

    private static SkillDescriptor Describe(Skill skill) => new()
    {
        Name = skill.Name,
        Description = skill.Description,
        InputSchema = skill.InputSchema.Text,
        OutputSchema = skill.OutputSchema.Text,
    };
}
