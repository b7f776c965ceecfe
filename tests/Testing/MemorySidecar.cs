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
/// The part of a sidecar that tests of single services need: state in memory over the real wire contract, and calls to other
/// apps, which are mapped into it or passed on.
/// </summary>
public sealed class MemorySidecar : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly GrpcForwarder forwarder;

    private MemorySidecar(WebApplication app, MemoryState state, GrpcForwarder forwarder)
    {
        this.app = app;
        this.forwarder = forwarder;
        State = state;
    }

    /// <summary>What is stored, and how it fails.</summary>
    public MemoryState State { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Arguments by which a service finds this sidecar.</summary>
    public string[] Arguments =>
        [$"--DAPR_GRPC_PORT={Address.Port}", $"--DAPR_HTTP_PORT={Address.Port}", "--APP_PORT=0", "--HEALTH_PORT=0"];

    /// <param name="others">Adds what the services of other apps need.</param>
    /// <param name="map">Maps the services of other apps.</param>
    public static async Task<MemorySidecar> StartAsync(
        CancellationToken cancellationToken, Action<IServiceCollection>? others = null, Action<WebApplication>? map = null)
    {
        var state = new MemoryState();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(state);
        others?.Invoke(builder.Services);
        var forwarder = new GrpcForwarder();
        var app = builder.Build();
        app.MapWhen(forwarder.Knows, forwarded => forwarded.Run(forwarder.ForwardAsync));
        app.MapGrpcService<StateEndpoint>();
        map?.Invoke(app);
        await app.StartAsync(cancellationToken);
        return new MemorySidecar(app, state, forwarder);
    }

    /// <summary>Calls for this app are passed on to these addresses, in turn.</summary>
    public void Route(string appId, params Uri[] replicas) => forwarder.Set(appId, replicas);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        forwarder.Dispose();
    }
}
