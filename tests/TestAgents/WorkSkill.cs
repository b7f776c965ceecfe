using Orchestration.AgentHost;

namespace TestAgents;

/// <summary>Takes a given time and returns a payload of a given size, with progress on the way.</summary>
public sealed class WorkSkill(TimeProvider time) : Skill<WorkInput, WorkOutput>
{
    public override string Name => "work";

    public override async Task<WorkOutput> ExecuteAsync(WorkInput input, SkillContext context, CancellationToken cancellationToken)
    {
        if (input.Milliseconds > 0)
        {
            await context.ReportProgressAsync(50, "working", cancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(input.Milliseconds), time, cancellationToken);
        }

        return new WorkOutput(new string('x', input.Size), context.Call.StepId);
    }
}

/// <param name="Milliseconds">How long the work takes.</param>
/// <param name="Size">Characters of the result.</param>
/// <param name="Data">Ignored; for inputs of a given size.</param>
public sealed record WorkInput(int Milliseconds = 0, int Size = 0, string? Data = null);

public sealed record WorkOutput(string Data, string Step);
