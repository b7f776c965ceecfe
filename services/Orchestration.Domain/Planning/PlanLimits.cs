namespace Orchestration.Domain.Planning;

/// <summary>How large a plan may be.</summary>
/// <param name="MaxSteps">Steps of a plan, sub-plans and fallback plans included.</param>
/// <param name="MaxWidth">Steps that could run side by side.</param>
/// <param name="MaxDepth">Plans within plans; 1 means none.</param>
/// <param name="MaxTemplateBytes">Bytes of JSON of one input or output as written.</param>
public sealed record PlanLimits(int MaxSteps, int MaxWidth, int MaxDepth, int MaxTemplateBytes)
{
    /// <summary>10 000 steps, all of them side by side if need be, 8 plans deep, 256 KiB in one template.</summary>
    public static PlanLimits Default { get; } = new(10_000, 10_000, 8, 256 * 1024);
}
