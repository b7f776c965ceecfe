using System.Globalization;
using System.Text.RegularExpressions;
using Dapr.Client.Autogen.Grpc.v1;
using DurableEngine;
using DurableEngine.History;
using Google.Protobuf;
using Grpc.Core;

namespace Sidecar.Workflows;

/// <summary>The older management API for workflows, on gRPC (…Beta1) and HTTP.</summary>
internal sealed partial class WorkflowManagement(WorkflowEngine engine)
{
    private const string StartTime = "dapr.workflow.start_time";

    public async Task<StartWorkflowResponse> StartAsync(string appId, StartWorkflowRequest request, CancellationToken cancellationToken)
    {
        var id = request.InstanceId.Length > 0 ? request.InstanceId : Guid.NewGuid().ToString();
        if (!InstanceId().IsMatch(id) || request.WorkflowName.Length == 0)
        {
            throw Refused(StatusCode.InvalidArgument, request.WorkflowName.Length == 0
                ? "workflow name is not configured"
                : $"workflow instance ID '{id}' is invalid: only letters, digits, '-' and '_', at most 64");
        }

        var start = new StartRequest(id, request.WorkflowName, Text(request.Input)) { ScheduledStart = Time(request.Options) };
        await GuardedAsync(() => engine.StartAsync(App(appId, request.HasAppId, request.AppId), start, cancellationToken));
        return new StartWorkflowResponse { InstanceId = id };
    }

    /// <summary>An unknown instance is answered with its id only.</summary>
    public async Task<GetWorkflowResponse> GetAsync(string appId, GetWorkflowRequest request, CancellationToken cancellationToken)
    {
        var found = await engine.GetAsync(Key(appId, request.HasAppId, request.AppId, request.InstanceId), cancellationToken);
        var response = new GetWorkflowResponse { InstanceId = request.InstanceId };
        if (found is not null)
        {
            response.WorkflowName = found.Name;
            response.CreatedAt = found.Created.ToWire();
            response.LastUpdatedAt = found.LastUpdated.ToWire();
            response.RuntimeStatus = StatusText(found.Status);
            response.Properties.Add(Properties(found));
        }

        return response;
    }

    public Task TerminateAsync(string appId, TerminateWorkflowRequest request, CancellationToken cancellationToken) =>
        GuardedAsync(() =>
            engine.TerminateAsync(Key(appId, request.HasAppId, request.AppId, request.InstanceId), null, true, cancellationToken));

    public Task PauseAsync(string appId, PauseWorkflowRequest request, CancellationToken cancellationToken) =>
        GuardedAsync(() => engine.SuspendAsync(Key(appId, request.HasAppId, request.AppId, request.InstanceId), null, cancellationToken));

    public Task ResumeAsync(string appId, ResumeWorkflowRequest request, CancellationToken cancellationToken) =>
        GuardedAsync(() => engine.ResumeAsync(Key(appId, request.HasAppId, request.AppId, request.InstanceId), null, cancellationToken));

    public Task PurgeAsync(string appId, PurgeWorkflowRequest request, CancellationToken cancellationToken) =>
        GuardedAsync(() =>
            engine.PurgeAsync(Key(appId, request.HasAppId, request.AppId, request.InstanceId), true, false, cancellationToken));

    public Task RaiseAsync(string appId, RaiseEventWorkflowRequest request, CancellationToken cancellationToken) =>
        GuardedAsync(async () =>
        {
            var key = Key(appId, request.HasAppId, request.AppId, request.InstanceId);
            await engine.RaiseEventAsync(key, request.EventName, Text(request.EventData), cancellationToken);
            return true;
        });

    private static async Task GuardedAsync<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
        }
        catch (RefusedException error)
        {
            throw Refused(error.Reason switch
            {
                RefusalReason.NotFound => StatusCode.NotFound,
                RefusalReason.AlreadyExists => StatusCode.AlreadyExists,
                _ => StatusCode.Internal,
            }, error.Message);
        }
    }

    private static RpcException Refused(StatusCode code, string message) => new(new Status(code, message));

    private static InstanceKey Key(string appId, bool hasTarget, string target, string instanceId) =>
        new(App(appId, hasTarget, target), instanceId);

    private static string App(string appId, bool hasTarget, string target) => hasTarget && target.Length > 0 ? target : appId;

    private static string? Text(ByteString data) => data.IsEmpty ? null : data.ToStringUtf8();

    private static Instant? Time(Google.Protobuf.Collections.MapField<string, string> options)
    {
        if (!options.TryGetValue(StartTime, out var text))
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Instant.From(time)
            : throw Refused(StatusCode.InvalidArgument, $"{StartTime} must be a time in RFC 3339, not '{text}'");
    }

    private static string StatusText(WorkflowStatus status) =>
        status == WorkflowStatus.ContinuedAsNew ? "CONTINUED_AS_NEW" : status.ToString().ToUpperInvariant();

    private static Dictionary<string, string> Properties(InstanceSnapshot found)
    {
        (string Name, string? Value)[] all =
        [
            ("dapr.workflow.input", found.Input),
            ("dapr.workflow.output", found.Output),
            ("dapr.workflow.custom_status", found.CustomStatus),
            ("dapr.workflow.failure.error_type", found.Failure?.ErrorType),
            ("dapr.workflow.failure.error_message", found.Failure?.Message),
            ("dapr.workflow.failure.stack_trace", found.Failure?.StackTrace),
        ];
        return all.Where(property => property.Value is not null).ToDictionary(property => property.Name, property => property.Value!);
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex InstanceId();
}
