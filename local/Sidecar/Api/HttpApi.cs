using Google.Protobuf;
using Sidecar.Apps;

namespace Sidecar.Api;

/// <summary>The Dapr HTTP API: health, metadata and lifecycle.</summary>
internal static class HttpApi
{
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(false));

    public static void MapSystem(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1.0/healthz", (HttpContext context, string? appid) =>
            appid is null || appid == AppDirectory.Caller(context).AppId
                ? Results.NoContent()
                : Error(StatusCodes.Status500InternalServerError, "ERR_HEALTH_APPID_NOT_MATCH", $"this is the sidecar of {AppDirectory.Caller(context).AppId}"));
        routes.MapGet("/v1.0/healthz/outbound", () => Results.NoContent());
        routes.MapGet("/v1.0/metadata", async (HttpContext context, DaprMetadata metadata) =>
            Results.Text(Json.Format(await metadata.GetAsync(AppDirectory.Caller(context), context.RequestAborted)), "application/json"));
        routes.MapPut("/v1.0/metadata/{key}", async (HttpContext context, string key, DaprMetadata metadata) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            metadata.Set(AppDirectory.Caller(context), key, await reader.ReadToEndAsync(context.RequestAborted));
            return Results.NoContent();
        });
        routes.MapPost("/v1.0/shutdown", (IHostApplicationLifetime lifetime) =>
        {
            lifetime.StopApplication();
            return Results.NoContent();
        });
    }

    public static IResult Error(int status, string code, string message) =>
        Results.Json(new Dictionary<string, string> { ["errorCode"] = code, ["message"] = message }, statusCode: status);

}
