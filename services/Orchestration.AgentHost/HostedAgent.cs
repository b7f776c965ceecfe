using System.Collections.Frozen;
using Orchestration.Contracts.Agents;

namespace Orchestration.AgentHost;

/// <summary>An agent as it runs in this process.</summary>
internal sealed class HostedAgent
{
    private readonly FrozenDictionary<string, Skill> skills;

    /// <param name="descriptor">What it says of itself; the skills and the limit are filled in here.</param>
    public HostedAgent(AgentDescriptor descriptor, IReadOnlyList<Skill> skills, TaskSlots slots)
    {
        this.skills = skills.ToFrozenDictionary(skill => skill.Name);
        Slots = slots;
        Descriptor = descriptor;
        Descriptor.MaxTasks = slots.Max;
        Descriptor.Skills.Add(skills.Select(Describe));
    }

    public string Id => Descriptor.AgentId;

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
