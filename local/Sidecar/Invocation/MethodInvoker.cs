using System.Net.Http.Headers;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Primitives;
using Sidecar.Apps;
using Sidecar.RunFiles;

namespace Sidecar.Invocation;

/// <summary>A method of another app, called by name.</summary>
internal sealed record MethodCall(
    string Caller, string AppId, InvokeRequest Message, IEnumerable<KeyValuePair<string, StringValues>> Headers);

/// <summary>What the app answered, and its headers.</summary>
internal sealed record MethodAnswer(InvokeResponse Response, Metadata Headers);

/// <summary>
/// Service invocation where caller or app speaks gRPC without a contract of its own: <c>OnInvoke</c> of an app that speaks
/// gRPC, a plain request to one that speaks HTTP.
/// </summary>
internal sealed class MethodInvoker(AppDirectory apps, SidecarTokens tokens)
{
    private const int LongestDetail = 256;

    /// <summary>Null when no replica can be reached.</summary>
    /// <exception cref="RpcException">The app answered so, or the call is incomplete.</exception>
    public async Task<MethodAnswer?> InvokeAsync(MethodCall call, CancellationToken cancellationToken)
    {
        foreach (var replica in apps.Candidates(call.AppId))
        {
            if (await TryInvokeAsync(replica, call, cancellationToken) is { } answer)
            {
                return answer;
            }
        }

        return null;
    }

    /// <summary>Null when nothing reached the replica.</summary>
    private async Task<MethodAnswer?> TryInvokeAsync(AppReplica replica, MethodCall call, CancellationToken cancellationToken)
    {
        if (!replica.TryUse(out var alive))
        {
            return null;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, alive);
        try
        {
            return replica.Entry.Protocol == AppProtocol.Grpc
                ? await CallBackAsync(replica, call, ended.Token)
                : await RequestAsync(replica, call, ended.Token);
        }
        catch (Exception error) when (!ended.IsCancellationRequested && IsUnreachable(error))
        {
            replica.MarkUnreachable();
            return null;
        }
        catch (Exception error) when (
            !cancellationToken.IsCancellationRequested && error is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new RpcException(new Status(StatusCode.Internal, $"failed to invoke, id: {call.AppId}, err: {error.Message}", error));
        }
    }

    private static bool IsUnreachable(Exception error) => ((error as RpcException)?.Status.DebugException ?? error)
        is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };

    private async Task<MethodAnswer> CallBackAsync(AppReplica replica, MethodCall call, CancellationToken cancellationToken)
    {
        var headers = ForwardedMetadata.From(call.Headers);
        foreach (var (name, value) in ForwardedHeaders.Identity(call.Caller, replica.AppId, tokens.App(replica)))
        {
            headers.Add(name, value);
        }

        using var invocation =
            new AppCallback.AppCallbackClient(replica.Grpc).OnInvokeAsync(call.Message, headers, cancellationToken: cancellationToken);
        try
        {
            var response = await invocation;
            return new MethodAnswer(response, ForwardedMetadata.From(await invocation.ResponseHeadersAsync));
        }
        catch (RpcException error) when (!IsUnreachable(error))
        {
            throw new RpcException(new Status(error.StatusCode, error.Status.Detail, error), ForwardedMetadata.From(error.Trailers));
        }
    }

    private async Task<MethodAnswer> RequestAsync(AppReplica replica, MethodCall call, CancellationToken cancellationToken)
    {
        using var request = CreateRequest(replica, call);
        using var response = await replica.Invoker.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(replica.Entry.MaxBodySize, cancellationToken);
        var code = StatusMapping.ToGrpc((int)response.StatusCode);
        if (code != StatusCode.OK)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            var detail = body.Length == 0 ? "" : $": {(body.Length > LongestDetail ? body[..LongestDetail] : body)}";
            throw new RpcException(new Status(code, $"{response.ReasonPhrase ?? response.StatusCode.ToString()}{detail}"));
        }

        return new MethodAnswer(
            new InvokeResponse
            {
                Data = new Any { Value = ByteString.CopyFrom(await response.Content.ReadAsByteArrayAsync(cancellationToken)) },
                ContentType = response.Content.Headers.ContentType?.ToString() ?? "",
            },
            ForwardedMetadata.From(response.Headers));
    }

    private HttpRequestMessage CreateRequest(AppReplica replica, MethodCall call)
    {
        var message = call.Message;
        var verb = message.HttpExtension?.Verb ?? throw Incomplete("missing HTTP extension field");
        var query = message.HttpExtension.Querystring.TrimStart('?');
        var path = $"/{message.Method.TrimStart('/')}";
        var target = verb == HTTPExtension.Types.Verb.None ? throw Incomplete("invalid HTTP verb")
            : ForwardedTarget.IsPlain(path) ? ForwardedTarget.Create(replica, path, query.Length == 0 ? "" : $"?{query}")
            : null;
        var request = new HttpRequestMessage(
            new HttpMethod(verb.ToString().ToUpperInvariant()), target ?? throw Incomplete($"{message.Method} is not a method"))
        {
            Version = replica.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (message.Data is { Value.IsEmpty: false } data)
        {
            request.Content = new ReadOnlyMemoryContent(data.Value.Memory);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(message.ContentType, out var type)
                ? type
                : new MediaTypeHeaderValue("application/json");
        }

        foreach (var entry in ForwardedMetadata.From(call.Headers).Where(entry => !entry.IsBinary))
        {
            ForwardedHeaders.Copy(request, entry.Key, entry.Value);
        }

        ForwardedHeaders.SetIdentity(request, call.Caller, replica.AppId, tokens.App(replica));
        return request;
    }

    private static RpcException Incomplete(string problem) => new(new Status(StatusCode.InvalidArgument, problem));
}
