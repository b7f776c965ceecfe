using Grpc.Core;
using Local.Tests.Protos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Local.Tests.Sidecars;

/// <summary>An app behind a sidecar: echoes calls and tells what it saw of them.</summary>
internal static class EchoApp
{
    public static async Task<WebApplication> StartAsync(
        int port, string name = "echo", Action<WebApplication>? map = null, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new EchoService(name));
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapGrpcService<EchoService>();
        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}

internal sealed class EchoService(string name) : Echo.EchoBase
{
    public override async Task<EchoMessage> One(EchoMessage request, ServerCallContext context)
    {
        await context.WriteResponseHeadersAsync(new Metadata { { "served-by", name } });
        context.ResponseTrailers.Add("caller", context.RequestHeaders.GetValue("dapr-caller-app-id") ?? "");
        context.ResponseTrailers.Add("token", context.RequestHeaders.GetValue("dapr-api-token") ?? "");
        context.ResponseTrailers.Add("own", context.RequestHeaders.GetValue("own") ?? "");
        return request.Text switch
        {
            "fail" => throw new RpcException(new Status(StatusCode.ResourceExhausted, "full – now"), new Metadata { { "retry", "7" } }),
            "hang" => await HangAsync(context),
            "name" => new EchoMessage { Text = name },
            _ => request,
        };
    }

    public override async Task<EchoMessage> Up(IAsyncStreamReader<EchoMessage> requestStream, ServerCallContext context)
    {
        var texts = new List<string>();
        await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
        {
            texts.Add(message.Text);
        }

        return new EchoMessage { Text = string.Join(",", texts), Count = texts.Count };
    }

    public override async Task Down(EchoMessage request, IServerStreamWriter<EchoMessage> responseStream, ServerCallContext context)
    {
        for (var i = 0; i < request.Count; i++)
        {
            await responseStream.WriteAsync(new EchoMessage { Text = request.Text, Count = i }, context.CancellationToken);
        }
    }

    public override async Task Both(
        IAsyncStreamReader<EchoMessage> requestStream, IServerStreamWriter<EchoMessage> responseStream, ServerCallContext context)
    {
        await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(message, context.CancellationToken);
        }
    }

    private static async Task<EchoMessage> HangAsync(ServerCallContext context)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
        return new EchoMessage();
    }
}
