using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Testing;

/// <summary>
/// The part of a sidecar that tests of single services need: state in memory over the real wire contract. Services of other
/// apps are mapped into it and called without a hop.
/// </summary>
public sealed class MemorySidecar : IAsyncDisposable
{
    private readonly WebApplication app;

    private MemorySidecar(WebApplication app, MemoryState state)
    {
        this.app = app;
        State = state;
    }

    /// <summary>What is stored, and how it fails.</summary>
    public MemoryState State { get; }

    /// <summary>Arguments by which a service finds this sidecar.</summary>
    public string[] Arguments
    {
        get
        {
            var port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
            return [$"--DAPR_GRPC_PORT={port}", $"--DAPR_HTTP_PORT={port}", "--APP_PORT=0", "--HEALTH_PORT=0"];
        }
    }

    /// <param name="others">Adds what the services of other apps need.</param>
    /// <param name="map">Maps the services of other apps.</param>
    public static async Task<MemorySidecar> StartAsync(
        CancellationToken cancellationToken, Action<IServiceCollection>? others = null, Action<WebApplication>? map = null)
    {
        var state = new MemoryState();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(state);
        others?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapGrpcService<StateEndpoint>();
        map?.Invoke(app);
        await app.StartAsync(cancellationToken);
        return new MemorySidecar(app, state);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
