using System.Collections.Immutable;
using System.Text.Json;
using Orchestration.Domain.Expressions;

namespace Orchestration.Domain.Execution;

/// <summary>Makes what expressions see from values that are at hand.</summary>
public static class BindingScope
{
    private static readonly JsonElement NoValue = JsonElement.Parse("null"u8);

    /// <summary>The scope of a step's expressions.</summary>
    /// <param name="bindings">The values; all of them at hand (<see cref="Bindings.IsInline"/>).</param>
    /// <param name="stepIds">Ids of the plan's steps, by position.</param>
    /// <param name="run">The run.</param>
    /// <param name="now">The run's clock.</param>
    /// <param name="itemName">Name of the item of a repeated step; null outside of one.</param>
    public static ExpressionScope Of(
        Bindings bindings, IReadOnlyList<string> stepIds, RunView run, DateTimeOffset now, string? itemName = null) => new()
        {
            Inputs = bindings.Inputs?.ToJson(),
            Steps = (bindings.Steps ?? []).ToImmutableDictionary(step => stepIds[step.Step], View),
            Item = itemName is null ? null : new ItemView(itemName, bindings.Item?.ToJson() ?? NoValue, bindings.Index),
            Result = bindings.Result?.ToJson(),
            Run = run,
            Now = now,
        };

    private static StepView View(BoundStep step) => new(
        StateName(step.Status),
        step.Output?.ToJson(),
        step.Failure is { } failure ? JsonSerializer.SerializeToElement(ErrorView.Of(failure), ExecutionJson.Default.ErrorView) : null);

    private static string StateName(StepStatus status) => status switch
    {
        StepStatus.Completed => "completed",
        StepStatus.Failed => "failed",
        StepStatus.Skipped => "skipped",
        StepStatus.Cancelled => "cancelled",
        StepStatus.Pending => "pending",
        _ => "running",
    };
}
