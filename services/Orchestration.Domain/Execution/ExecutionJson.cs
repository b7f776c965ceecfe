using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestration.Domain.Execution;

/// <summary>How what stands in a run's history is written. It is a persisted format: changes may only add.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    MaxDepth = Depth,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PlanOutline))]
[JsonSerializable(typeof(RunLimits))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(RunSnapshot))]
[JsonSerializable(typeof(Bindings))]
[JsonSerializable(typeof(StepEntry))]
[JsonSerializable(typeof(FactBatch))]
[JsonSerializable(typeof(AttemptReport))]
[JsonSerializable(typeof(ErrorView))]
[JsonSerializable(typeof(ItemError))]
[JsonSerializable(typeof(JsonElement[]))]
public sealed partial class ExecutionJson : JsonSerializerContext
{
    /// <summary>
    /// Levels of a history's JSON: those of any value from outside (64 at most), with ample room for the levels around it.
    /// </summary>
    public const int Depth = 256;
}
