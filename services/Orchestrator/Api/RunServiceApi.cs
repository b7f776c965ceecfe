using System.Collections.Immutable;
using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Orchestration.Contracts;
using Orchestration.Domain.Planning;
using Orchestration.Hosting.Errors;
using Orchestration.Hosting.Identity;
using Orchestrator.Runs;

namespace Orchestrator.Api;

/// <summary>Commands on runs over gRPC.</summary>
internal sealed class RunServiceApi(RunSubmission submission, RunCommands commands) : RunService.RunServiceBase
{
    private const int LongestRequestId = 64;
    private const int LongestReason = 1000;
    private const int MostLabels = 64;
    private const int LongestLabel = 256;

    public override async Task<SubmitRunResponse> SubmitRun(SubmitRunRequest request, ServerCallContext context)
    {
        var submitted = await submission.SubmitAsync(context.GetCaller(), Map(request), context.CancellationToken);
        return new SubmitRunResponse { RunId = submitted.RunId, RepeatedRequest = submitted.IsRepeated };
    }

    public override async Task<CancelRunResponse> CancelRun(CancelRunRequest request, ServerCallContext context)
    {
        Require(request.Reason.Length <= LongestReason, $"A reason has at most {LongestReason} characters.");
        await commands.CancelAsync(context.GetCaller(), request.RunId, request.Reason, context.CancellationToken);
        return new CancelRunResponse();
    }

    public override async Task<SignalRunResponse> SignalRun(SignalRunRequest request, ServerCallContext context)
    {
        Require(request.Event.Length is > 0 and <= RunCapacity.LongestEvent,
            $"An event has a name of 1 to {RunCapacity.LongestEvent} characters.");
        RequireRequestId(request.RequestId);
        var signal = new RunSignal(request.Event, Parse("payload", request.Payload, "null"), request.RequestId);
        await commands.SignalAsync(context.GetCaller(), request.RunId, signal, context.CancellationToken);
        return new SignalRunResponse();
    }

    private static RunRequest Map(SubmitRunRequest request)
    {
        Require(request.PlanCase != SubmitRunRequest.PlanOneofCase.None, "A plan is missing.");
        RequireRequestId(request.RequestId);
        Require(
            request.Labels.Count <= MostLabels
                && request.Labels.All(label => label.Key.Length <= LongestLabel && label.Value.Length <= LongestLabel),
            $"At most {MostLabels} labels of {LongestLabel} characters are kept.");
        Require(!request.HasPriority || request.Priority is >= -100 and <= 100, "A priority is -100 to 100.");
        return new RunRequest(
            request.Document?.Text,
            request.Document is null ? request.PlanId : null,
            Parse("inputs", request.Inputs, "{}"),
            request.RequestId,
            request.Labels.ToImmutableSortedDictionary(StringComparer.Ordinal),
            request.HasPriority ? request.Priority : null);
    }

    private static JsonElement Parse(string what, ByteString json, string whenEmpty)
    {
        try
        {
            return json.IsEmpty ? JsonElement.Parse(whenEmpty) : JsonElement.Parse(json.Span);
        }
        catch (JsonException exception)
        {
            throw FailureException.InvalidArgument(
                $"The {what} are no JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}.");
        }
    }

    private static void RequireRequestId(string id) =>
        Require(id.Length <= LongestRequestId, $"A request id has at most {LongestRequestId} characters.");

    private static void Require(bool isGiven, string message)
    {
        if (!isGiven)
        {
            throw FailureException.InvalidArgument(message);
        }
    }
}
