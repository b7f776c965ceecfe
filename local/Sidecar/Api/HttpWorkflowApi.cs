using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Grpc.Core;
using Sidecar.Apps;
using Sidecar.Workflows;

namespace Sidecar.Api;

/// <summary>Workflow management on HTTP, under each of the versions it has had.</summary>
internal static class HttpWorkflowApi
{
    public static void MapWorkflows(this IEndpointRouteBuilder routes)
    {
        foreach (var version in new[] { "v1.0", "v1.0-beta1", "v1.0-alpha1" })
        {
            var group = routes.MapGroup($"/{version}/workflows/{{component}}");
            group.MapPost("/{name}/start", Start);
            group.MapGet("/{id}", Get);
            group.MapPost("/{id}/terminate", (HttpContext context, string id, string? appID, WorkflowManagement workflows) =>
                Run("ERR_TERMINATE_WORKFLOW", () =>
                workflows.TerminateAsync(App(context, appID), new TerminateWorkflowRequest { InstanceId = id }, context.RequestAborted)));
            group.MapPost("/{id}/pause", (HttpContext context, string id, string? appID, WorkflowManagement workflows) =>
                Run("ERR_PAUSE_WORKFLOW", () =>
                workflows.PauseAsync(App(context, appID), new PauseWorkflowRequest { InstanceId = id }, context.RequestAborted)));
            group.MapPost("/{id}/resume", (HttpContext context, string id, string? appID, WorkflowManagement workflows) =>
                Run("ERR_RESUME_WORKFLOW", () =>
                workflows.ResumeAsync(App(context, appID), new ResumeWorkflowRequest { InstanceId = id }, context.RequestAborted)));
            group.MapPost("/{id}/purge", (HttpContext context, string id, string? appID, WorkflowManagement workflows) =>
                Run("ERR_PURGE_WORKFLOW", () =>
                workflows.PurgeAsync(App(context, appID), new PurgeWorkflowRequest { InstanceId = id }, context.RequestAborted)));
            group.MapPost("/{id}/raiseEvent/{name}", Raise);
        }
    }

    private static Task<IResult> Start(HttpContext context, string name, string? instanceID, string? appID, WorkflowManagement workflows) =>
        Answer("ERR_START_WORKFLOW", async () =>
        {
            var request = new StartWorkflowRequest { InstanceId = instanceID ?? "", WorkflowName = name, Input = await ReadAsync(context) };
            var started = await workflows.StartAsync(App(context, appID), request, context.RequestAborted);
            return Results.Json(new { instanceID = started.InstanceId }, statusCode: StatusCodes.Status202Accepted);
        });

    private static Task<IResult> Get(HttpContext context, string id, string? appID, WorkflowManagement workflows) =>
        Answer("ERR_GET_WORKFLOW", async () =>
    {
        var found = await workflows.GetAsync(App(context, appID), new GetWorkflowRequest { InstanceId = id }, context.RequestAborted);
        return found.RuntimeStatus.Length == 0
            ? HttpErrors.Error(StatusCodes.Status404NotFound, "ERR_INSTANCE_ID_NOT_FOUND",
                $"unable to find workflow with the provided instance ID: {id}")
            : Results.Json(new
            {
                instanceID = id,
                workflowName = found.WorkflowName,
                createdAt = found.CreatedAt.ToDateTimeOffset(),
                lastUpdatedAt = found.LastUpdatedAt.ToDateTimeOffset(),
                runtimeStatus = found.RuntimeStatus,
                properties = found.Properties,
            });
    });

    private static Task<IResult> Raise(HttpContext context, string id, string name, string? appID, WorkflowManagement workflows) =>
        Run("ERR_RAISE_EVENT_WORKFLOW", async () =>
        {
            var request = new RaiseEventWorkflowRequest { InstanceId = id, EventName = name, EventData = await ReadAsync(context) };
            await workflows.RaiseAsync(App(context, appID), request, context.RequestAborted);
        });

    private static Task<IResult> Run(string failureCode, Func<Task> call) => Answer(failureCode, async () =>
    {
        await call();
        return Results.StatusCode(StatusCodes.Status202Accepted);
    });

    private static async Task<IResult> Answer(string failureCode, Func<Task<IResult>> call)
    {
        try
        {
            return await call();
        }
        catch (RpcException error)
        {
            var (status, code) = error.StatusCode switch
            {
                StatusCode.NotFound => (StatusCodes.Status404NotFound, "ERR_INSTANCE_ID_NOT_FOUND"),
                StatusCode.InvalidArgument => (StatusCodes.Status400BadRequest, "ERR_INSTANCE_ID_INVALID"),
                StatusCode.AlreadyExists => (StatusCodes.Status409Conflict, failureCode),
                _ => (StatusCodes.Status500InternalServerError, failureCode),
            };
            return HttpErrors.Error(status, code, error.Status.Detail);
        }
    }

    private static string App(HttpContext context, string? target) => string.IsNullOrEmpty(target)
        ? AppDirectory.Caller(context).AppId
        : target;

    private static async Task<ByteString> ReadAsync(HttpContext context) =>
        await ByteString.FromStreamAsync(context.Request.Body, context.RequestAborted);
}
