using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Testing;

/// <summary>Passes gRPC calls on to the app that <c>dapr-app-id</c> names, to its replicas in turn.</summary>
internal sealed class GrpcForwarder : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { EnableMultipleHttp2Connections = true });
    private readonly ConcurrentDictionary<string, Uri[]> apps = new();
    private int turn;

    public void Set(string appId, params Uri[] replicas) => apps[appId] = replicas;

    public bool Knows(HttpContext context) => apps.ContainsKey(context.Request.Headers["dapr-app-id"].ToString());

    public async Task ForwardAsync(HttpContext context)
    {
        var replicas = apps[context.Request.Headers["dapr-app-id"].ToString()];
        var target = new Uri(replicas[(uint)Interlocked.Increment(ref turn) % replicas.Length], context.Request.Path.Value);
        using var request = RequestTo(target, context);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
            {
                context.Response.Headers[name] = values.ToArray();
            }

            await context.Response.StartAsync(context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await CopyAsync(response, context);
            foreach (var (name, values) in response.TrailingHeaders)
            {
                context.Response.AppendTrailer(name, values.ToArray());
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            Fail(context, exception.Message);
        }
    }

    public void Dispose() => client.Dispose();

    private static HttpRequestMessage RequestTo(Uri target, HttpContext context)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StreamContent(context.Request.Body),
        };
        foreach (var (name, values) in context.Request.Headers.Where(header => !header.Key.StartsWith(':') && header.Key != "Host"))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return request;
    }

    private static async Task CopyAsync(HttpResponseMessage response, HttpContext context)
    {
        await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static void Fail(HttpContext context, string message)
    {
        var status = ((int)StatusCode.Unavailable).ToString(CultureInfo.InvariantCulture);
        if (context.Response.HasStarted)
        {
            context.Response.AppendTrailer("grpc-status", status);
            context.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(message));
        }
        else
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = status;
            context.Response.Headers["grpc-message"] = Uri.EscapeDataString(message);
        }
    }
}
