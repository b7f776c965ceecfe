using System.Text.Json;
using Orchestration.AgentHost;

namespace TestAgents;

/// <summary>Returns what it gets.</summary>
public sealed class EchoSkill : Skill<EchoInput, EchoOutput>
{
    public override string Name => "echo";

    public override Task<EchoOutput> ExecuteAsync(EchoInput input, SkillContext context, CancellationToken cancellationToken)
        => Task.FromResult(new EchoOutput(input.Value));
}

public sealed record EchoInput(JsonElement Value);

public sealed record EchoOutput(JsonElement Value);
