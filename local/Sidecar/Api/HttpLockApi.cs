using Dapr.Client.Autogen.Grpc.v1;
using Sidecar.Apps;
using Sidecar.Locks;

namespace Sidecar.Api;

/// <summary>Locks on HTTP.</summary>
internal static class HttpLockApi
{
    public static void MapLocks(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1.0-alpha1/lock/{store}", (HttpContext context, string store, LockApi locks) =>
            HttpErrors.LockAsync("ERR_TRY_LOCK", async () =>
        {
            var body = await JsonBody.ReadAsync<LockBody>(context);
            var request = new TryLockRequest
            {
                StoreName = store,
                ResourceId = body.ResourceId ?? "",
                LockOwner = body.LockOwner ?? "",
                ExpiryInSeconds = body.ExpiryInSeconds,
            };
            var answer = await locks.TryLockAsync(AppDirectory.Caller(context).AppId, request, context.RequestAborted);
            return Results.Json(new { success = answer.Success });
        }));
        routes.MapPost("/v1.0-alpha1/unlock/{store}", (HttpContext context, string store, LockApi locks) =>
            HttpErrors.LockAsync("ERR_UNLOCK", async () =>
        {
            var body = await JsonBody.ReadAsync<LockBody>(context);
            var request = new UnlockRequest { StoreName = store, ResourceId = body.ResourceId ?? "", LockOwner = body.LockOwner ?? "" };
            var answer = await locks.UnlockAsync(AppDirectory.Caller(context).AppId, request, context.RequestAborted);
            return Results.Json(new { status = (int)answer.Status });
        }));
    }

    private sealed record LockBody(string? ResourceId, string? LockOwner, int ExpiryInSeconds);
}
