using Dapr.Client.Autogen.Grpc.v1;
using Sidecar.Apps;
using Sidecar.Invocation;
using Sidecar.Secrets;

namespace Sidecar.Api;

/// <summary>The rest of the Dapr HTTP API.</summary>
internal static class HttpApi
{
    // Of the path, before the method: version, invoke, app, method.
    private const int InvokeSegments = 4;

    public static void MapSystem(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1.0/healthz", (HttpContext context, string? appid) =>
            appid is null || appid == AppDirectory.Caller(context).AppId
                ? Results.NoContent()
                : HttpErrors.Error(StatusCodes.Status500InternalServerError, "ERR_HEALTH_APPID_NOT_MATCH",
                    $"this is the sidecar of {AppDirectory.Caller(context).AppId}"));
        routes.MapGet("/v1.0/healthz/outbound", () => Results.NoContent());
        routes.MapGet("/v1.0/metadata", async (HttpContext context, DaprMetadata metadata) =>
            Results.Json(Describe(await metadata.GetAsync(AppDirectory.Caller(context), context.RequestAborted))));
        routes.MapPut("/v1.0/metadata/{key}", async (HttpContext context, string key, DaprMetadata metadata) =>
        {
            metadata.Set(AppDirectory.Caller(context), key, System.Text.Encoding.UTF8.GetString(await ReadAsync(context)));
            return Results.NoContent();
        });
        routes.MapPost("/v1.0/shutdown", (DaprMetadata metadata) =>
        {
            metadata.Stop();
            return Results.NoContent();
        });
    }

    public static void MapSecrets(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1.0/secrets/{store}/bulk", (HttpContext context, string store, SecretStores secrets) =>
            HttpErrors.SecretAsync(() =>
        {
            var found = secrets.GetBulk(AppDirectory.Caller(context).AppId, new GetBulkSecretRequest { StoreName = store });
            return Task.FromResult(Results.Json(found.Data.ToDictionary(item => item.Key, item => item.Value.Secrets)));
        }));
        routes.MapGet("/v1.0/secrets/{store}/{key}", (HttpContext context, string store, string key, SecretStores secrets) =>
            HttpErrors.SecretAsync(() =>
        {
            var found = secrets.Get(AppDirectory.Caller(context).AppId, new GetSecretRequest { StoreName = store, Key = key });
            return Task.FromResult(Results.Json(found.Data));
        }));
    }

    public static void MapInvocation(this IEndpointRouteBuilder routes)
    {
        routes.Map("/v1.0/invoke/{appId}/method/{**method}", (HttpContext context, string appId, HttpProxy proxy) =>
            proxy.ForwardAsync(context, appId, ForwardedTarget.RawPath(context, InvokeSegments)));
        routes.MapFallback((HttpContext context, HttpProxy proxy) =>
            context.Request.Headers["dapr-app-id"].ToString() is { Length: > 0 } appId
            ? proxy.ForwardAsync(context, appId, ForwardedTarget.RawPath(context, 0))
            : Results.NotFound().ExecuteAsync(context));
    }

    // The HTTP names differ from those of the message.
    private static object Describe(GetMetadataResponse metadata) => new
    {
        id = metadata.Id,
        runtimeVersion = metadata.RuntimeVersion,
        enabledFeatures = metadata.EnabledFeatures,
        actors = Array.Empty<object>(),
        components = metadata.RegisteredComponents.Select(
            one => new { name = one.Name, type = one.Type, version = one.Version, capabilities = one.Capabilities }),
        extended = metadata.ExtendedMetadata,
        subscriptions = metadata.Subscriptions.Select(one => new
        {
            pubsubname = one.PubsubName,
            topic = one.Topic,
            deadLetterTopic = one.DeadLetterTopic,
            type = one.Type.ToString().ToUpperInvariant(),
            rules = one.Rules.Rules.Select(rule => new { match = rule.Match, path = rule.Path }),
        }),
        appConnectionProperties = new
        {
            port = metadata.AppConnectionProperties.Port,
            protocol = metadata.AppConnectionProperties.Protocol,
            channelAddress = metadata.AppConnectionProperties.ChannelAddress,
        },
        workflows = new { connectedWorkers = metadata.Workflows.ConnectedWorkers },
    };

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }
}
