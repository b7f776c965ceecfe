namespace Orchestration.Domain.Execution;

internal static class EntryEvaluation
{
    public static StepEntry Evaluate(StepOutline step, object scope) => new(false);
}
