using Orchestration.AgentHost;

namespace TestAgents;

/// <summary>Fails the first attempts in a given way, then succeeds.</summary>
public sealed class FailSkill : Skill<FailInput, FailOutput>
{
    public override string Name => "fail";

    public override Task<FailOutput> ExecuteAsync(FailInput input, SkillContext context, CancellationToken cancellationToken)
        => context.Call.Attempt > input.Attempts
            ? Task.FromResult(new FailOutput(context.Call.Attempt))
            : throw (input.Class switch
            {
                "permanent" => SkillException.Permanent("test_failure", "It was asked to fail for good."),
                "business" => SkillException.Business("test_failure", "It was asked to break a rule."),
                "system" => SkillException.System("test_failure", "It was asked to be broken.", retryable: true),
                _ => SkillException.Transient("test_failure", "It was asked to fail for now."),
            });
}

/// <param name="Attempts">How many attempts fail; a large number fails for ever.</param>
/// <param name="Class">transient, permanent, system or business.</param>
public sealed record FailInput(int Attempts, string Class = "transient");

public sealed record FailOutput(int Attempt);
