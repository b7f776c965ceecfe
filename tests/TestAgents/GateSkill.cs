using Orchestration.AgentHost;

namespace TestAgents;

/// <summary>Works until an outside gate lets it go: the test decides when, however slow the machine is.</summary>
public sealed class GateSkill(IHttpClientFactory clients) : Skill<GateInput, GateOutput>
{
    public override string Name => "gate";

    public override async Task<GateOutput> ExecuteAsync(GateInput input, SkillContext context, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient();
        client.Timeout = Timeout.InfiniteTimeSpan;
        using var answer = await client.PostAsJsonAsync(
            input.Gate, new GateCall(context.Call.StepId, Environment.ProcessId), cancellationToken);
        answer.EnsureSuccessStatusCode();
        return new GateOutput(context.Call.StepId);
    }
}

/// <param name="Gate">Answers when the work may end.</param>
public sealed record GateInput(Uri Gate);

public sealed record GateOutput(string Step);

/// <param name="Process">Which process does the work.</param>
public sealed record GateCall(string Step, int Process);
