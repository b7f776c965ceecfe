using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orchestration.Domain.Execution;
using Orchestrator.Activities;

namespace Orchestrator.Workflows;

/// <summary>How inputs and outputs of workflows and activities are written. It is a persisted format: changes may only add.</summary>
[JsonSerializable(typeof(RunStart))]
[JsonSerializable(typeof(RunControl))]
[JsonSerializable(typeof(PrepareInput))]
[JsonSerializable(typeof(PreparedRun))]
[JsonSerializable(typeof(AttemptInput))]
[JsonSerializable(typeof(AttemptOutput))]
[JsonSerializable(typeof(EntryInput))]
[JsonSerializable(typeof(PublishInput))]
[JsonSerializable(typeof(PublishOutput))]
[JsonSerializable(typeof(PackInput))]
[JsonSerializable(typeof(PackOutput))]
[JsonSerializable(typeof(StopInput))]
[JsonSerializable(typeof(FinishInput))]
[JsonSerializable(typeof(FinishOutput))]
[JsonSerializable(typeof(bool))]
internal sealed partial class WorkflowJson : JsonSerializerContext
{
    /// <summary>Histories are read by us only: nothing in them is escaped for a browser's sake.</summary>
    public static JsonSerializerOptions Shared => HistoryFormat.Options;

    // A class of its own: static members of the generated context would not be there yet.
    private static class HistoryFormat
    {
        public static readonly JsonSerializerOptions Options = new()
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = ExecutionJson.Depth,
            TypeInfoResolver = JsonTypeInfoResolver.Combine(Default, ExecutionJson.Default),
        };
    }
}
