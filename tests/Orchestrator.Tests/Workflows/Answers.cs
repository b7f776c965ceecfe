using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestration.Domain.Failures;
using Orchestrator.Agents;

namespace Orchestrator.Tests.Workflows;

/// <summary>What agents of tests answer.</summary>
internal static class Answers
{
    // Many agents send other letters than Latin ones as they are, and not as escapes.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static AgentCallResult Of(object? value) => new AgentCallResult.Completed(
        JsonSerializer.SerializeToUtf8Bytes(value, Plain), [], "test", "test-agents", "instance", TimeSpan.FromMilliseconds(1));

    public static AgentCallResult Failure(string code, FailureClass kind, bool retryable) => new AgentCallResult.Failed(
        new Failure(code, kind, code, retryable), [], "test", "test-agents", "instance", TimeSpan.FromMilliseconds(1));

    public static JsonElement Input(this AgentCall call) => JsonElement.Parse(call.Input.Span);

    public static Task<AgentCallResult> Echo(AgentCall call, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<AgentCallResult>(cancellationToken)
            : Task.FromResult(Of(call.Input()));
}
