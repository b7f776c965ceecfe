using System.Net;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sdk.Tests.Grpc;

/// <summary>A real gRPC server on a port of the system's choice, HTTP/2 without TLS, with a channel to it.</summary>
internal sealed class GrpcServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GrpcServer(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
        Channel = GrpcChannel.ForAddress(Address);
    }

    public Uri Address { get; }

    public GrpcChannel Channel { get; }

    public CallsProbe Probe => _app.Services.GetRequiredService<CallsProbe>();

    public IServiceProvider Services => _app.Services;

    public static async Task<GrpcServer> StartAsync(
        CancellationToken cancellationToken, Action<IServiceCollection>? services = null, Action<WebApplication>? map = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<CallsProbe>();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapGrpcService<CallsService>();
        map?.Invoke(app);
        await app.StartAsync(cancellationToken);
        return new GrpcServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.DisposeAsync();
    }
}
