using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Primitives;
using Sidecar.Api;
using Sidecar.Apps;
using Sidecar.RunFiles;

namespace Sidecar.Invocation;

/// <summary>Service invocation on HTTP: method, path, query, headers and body both ways, status as the app gave it.</summary>
internal sealed class HttpProxy(AppDirectory apps, SidecarTokens tokens, MethodInvoker methods)
{
    public async Task ForwardAsync(HttpContext context, string appId, string path)
    {
        if (apps.Of(appId).Count == 0 || !ForwardedTarget.IsPlain(path))
        {
            await FailAsync(context, $"failed to invoke, id: {appId}, err: couldn't find service or method: {appId}{path}");
            return;
        }

        if (apps.Of(appId)[0].Entry.Protocol == AppProtocol.Grpc)
        {
            await InvokeAsync(context, appId, path);
            return;
        }

        foreach (var replica in apps.Candidates(appId))
        {
            if (await TryForwardAsync(context, replica, path))
            {
                return;
            }
        }

        await FailAsync(context, $"failed to invoke, id: {appId}, err: no replica can be reached");
    }

    /// <summary>An app that speaks gRPC gets the request as a message.</summary>
    private async Task InvokeAsync(HttpContext context, string appId, string path)
    {
        var request = context.Request;
        var message = new InvokeRequest
        {
            Method = path[1..],
            Data = new Any { Value = await ByteString.FromStreamAsync(request.Body, context.RequestAborted) },
            ContentType = request.ContentType ?? "",
            HttpExtension = new HTTPExtension
            {
                Verb = System.Enum.TryParse<HTTPExtension.Types.Verb>(request.Method, ignoreCase: true, out var verb)
                    ? verb
                    : HTTPExtension.Types.Verb.None,
                Querystring = request.QueryString.ToUriComponent().TrimStart('?'),
            },
        };
        try
        {
            var call = new MethodCall(AppDirectory.Caller(context).AppId, appId, message, request.Headers);
            if (await methods.InvokeAsync(call, context.RequestAborted) is not { } answer)
            {
                await FailAsync(context, $"failed to invoke, id: {appId}, err: no replica can be reached");
                return;
            }

            foreach (var entry in answer.Headers.Where(entry => !entry.IsBinary))
            {
                context.Response.Headers.Append(entry.Key, entry.Value);
            }

            await Results.Bytes(answer.Response.Data?.Value.Memory ?? default, answer.Response.ContentType is { Length: > 0 } type
                ? type
                : null).ExecuteAsync(context);
        }
        catch (RpcException error)
        {
            var status = StatusMapping.ToHttp(error.StatusCode);
            await Results.Json(new { code = (int)error.StatusCode, message = error.Status.Detail }, statusCode: status)
                .ExecuteAsync(context);
        }
    }

    private static Task FailAsync(HttpContext context, string message)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        // Those of the app's answer may be there already.
        context.Response.Headers.Clear();
        return HttpErrors.Error(StatusCodes.Status500InternalServerError, "ERR_DIRECT_INVOKE", message).ExecuteAsync(context);
    }

    private async Task<bool> TryForwardAsync(HttpContext context, AppReplica replica, string path)
    {
        if (ForwardedTarget.Create(replica, path, context.Request.QueryString.ToUriComponent()) is not { } target)
        {
            await FailAsync(context, $"failed to invoke, id: {replica.AppId}, err: {path} is not a path of the app");
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
            context.Response.StatusCode = (int)response.StatusCode;
            foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            {
                if (ForwardedHeaders.IsForwarded(name))
                {
                    context.Response.Headers[name] = new StringValues([.. values]);
                }
            }

            await using var body = await response.Content.ReadAsStreamAsync(ended.Token);
            await ForwardedContent.CopyAsync(body, context.Response.Body, context.Response.Body.FlushAsync, ended.Token);
            return true;
        }
        catch (Exception error) when (
            !ended.IsCancellationRequested && !context.Response.HasStarted && ForwardedContent.IsBeforeAnyByte(error, request))
        {
            replica.MarkUnreachable();
            return false;
        }
        catch (Exception error) when (
            !context.RequestAborted.IsCancellationRequested && error is HttpRequestException or IOException or OperationCanceledException)
        {
            await FailAsync(context, $"failed to invoke, id: {replica.AppId}, err: {error.Message}");
            return true;
        }
    }

    private HttpRequestMessage CreateRequest(HttpContext context, AppReplica replica, Uri target, CancellationToken cancellationToken)
    {
        var incoming = context.Request;
        var request = new HttpRequestMessage(new HttpMethod(incoming.Method), target)
        {
            Version = replica.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (incoming.ContentLength is not null || incoming.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new ForwardedContent(incoming.Body, cancellationToken);
        }

        foreach (var (name, values) in incoming.Headers)
        {
            ForwardedHeaders.Copy(request, name, values);
        }

        ForwardedHeaders.SetIdentity(request, AppDirectory.Caller(context).AppId, replica.AppId, tokens.App(replica));
        return request;
    }
}
