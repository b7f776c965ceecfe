using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orchestration.Hosting.Identity;

/// <summary>Refuses calls on the app port that do not come from our own sidecar: gRPC calls and the sidecar's callbacks alike.</summary>
internal sealed partial class AppTokenCheck(RequestDelegate next, ServiceHostOptions options, ILogger<AppTokenCheck> logger)
{
    public const string Header = "dapr-api-token";

    private const string Message = "the app token is missing or wrong";

    // Hashes have one length, so that the comparison tells nothing about the token's.
    private readonly byte[]? expected = options.AppApiToken.Length == 0 ? null : Hash(options.AppApiToken);

    public Task InvokeAsync(HttpContext context)
    {
        if (expected is null || IsExpected(context.Request.Headers[Header].ToString()))
        {
            return next(context);
        }

        LogRefused(logger, context.Request.Path, context.Connection.RemoteIpAddress?.ToString());
        return RefuseAsync(context);
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private bool IsExpected(string token) => CryptographicOperations.FixedTimeEquals(Hash(token), expected);

    private static Task RefuseAsync(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return context.Response.WriteAsync(Message, context.RequestAborted);
        }

        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] =
            ((int)StatusCode.Unauthenticated).ToString(System.Globalization.CultureInfo.InvariantCulture);
        context.Response.Headers["grpc-message"] = Message;
        return Task.CompletedTask;
    }

    [LoggerMessage(1, LogLevel.Warning, "Refused {Path} from {Peer}: the app token is missing or wrong.")]
    private static partial void LogRefused(ILogger logger, string path, string? peer);
}
