using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Sidecar.Apps;

namespace Sidecar.Invocation;

/// <summary>
/// Forwards any gRPC call that is not the sidecar's own to the app named in its metadata: bytes as they come, both ways at
/// once, with headers, trailers, status, deadline and cancellation.
/// </summary>
internal sealed partial class GrpcProxy(AppDirectory apps, SidecarTokens tokens, ILogger<GrpcProxy> logger)
{
    private const string CalleeHeader = "dapr-callee-app-id";
    private const string AppHeader = "dapr-app-id";

    public async Task ForwardAsync(HttpContext context)
    {
        var target = Header(context.Request, CalleeHeader) ?? Header(context.Request, AppHeader);
        if (target is null)
        {
            GrpcTrailers.Fail(context, GrpcCode.Unknown,
                $"failed to proxy request: required metadata {CalleeHeader} or {AppHeader} not found");
            return;
        }

        if (apps.Of(target).Count == 0)
        {
            GrpcTrailers.Fail(context, GrpcCode.Internal, $"failed to invoke, id: {target}, err: couldn't find service: {target}");
            return;
        }

        foreach (var replica in apps.Candidates(target))
        {
            if (await TryForwardAsync(context, replica))
            {
                return;
            }
        }

        GrpcTrailers.Fail(context, GrpcCode.Unavailable, $"no replica of {target} can be reached");
    }

    /// <summary>False when nothing reached the replica, so that another may be tried.</summary>
    private async Task<bool> TryForwardAsync(HttpContext context, AppReplica replica)
    {
        if (ForwardedTarget.Create(replica, context.Request.Path.ToUriComponent(), "") is not { } target)
        {
            GrpcTrailers.Fail(context, GrpcCode.Unimplemented, $"{context.Request.Path} is not a method");
            return true;
        }

        if (!replica.TryUse(out var alive))
        {
            return false;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, alive);
        using var request = CreateRequest(context, replica, target, ended.Token);
        try
        {
            using var response = await replica.Invoker.SendAsync(request, ended.Token);
            await CopyResponseAsync(response, context, ended.Token);
            return true;
        }
        catch (Exception error) when (!ended.IsCancellationRequested && ForwardedContent.IsBeforeAnyByte(error, request))
        {
            replica.MarkUnreachable();
            LogConnectFailed(replica.Name, error.Message);
            return false;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            if (!context.RequestAborted.IsCancellationRequested)
            {
                LogBroken(replica.Name, context.Request.Path, error.Message);
                GrpcTrailers.Fail(context, GrpcCode.Unavailable, $"the connection to {replica.Name} was lost");
            }

            return true;
        }
        finally
        {
            // Stops the upload of a request whose answer is complete.
            await ended.CancelAsync();
        }
    }

    private HttpRequestMessage CreateRequest(HttpContext context, AppReplica replica, Uri target, CancellationToken cancellationToken)
    {
        var incoming = context.Request;
        var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ForwardedContent(incoming.Body, cancellationToken),
        };
        foreach (var (name, values) in incoming.Headers)
        {
            ForwardedHeaders.Copy(request, name, values);
        }

        var caller = AppDirectory.Caller(context).AppId;
        ForwardedHeaders.SetIdentity(request, caller, replica.AppId, tokens.App(replica));
        request.Headers.TryAddWithoutValidation("te", "trailers");
        return request;
    }

    private static async Task CopyResponseAsync(HttpResponseMessage response, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            context.Response.Headers[name] = new StringValues([.. values]);
        }

        context.Response.Headers.Remove("transfer-encoding");
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await ForwardedContent.CopyAsync(body, context.Response.Body, context.Response.Body.FlushAsync, cancellationToken);
        var trailers = context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        foreach (var (name, values) in response.TrailingHeaders.NonValidated)
        {
            trailers?.Append(name, new StringValues([.. values]));
        }
    }

    private static string? Header(HttpRequest request, string name) => request.Headers[name] is [{ Length: > 0 } value, ..] ? value : null;

    [LoggerMessage(1, LogLevel.Warning, "Cannot connect to {Replica}: {Reason}")]
    private partial void LogConnectFailed(string replica, string reason);

    [LoggerMessage(2, LogLevel.Warning, "A call of {Path} on {Replica} broke off: {Reason}")]
    private partial void LogBroken(string replica, string path, string reason);
}
