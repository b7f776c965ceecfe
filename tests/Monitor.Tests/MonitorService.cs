using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Monitor.Storage;
using Orchestration.Contracts;
using Orchestration.Hosting;
using Orchestration.Hosting.Identity;

namespace Monitor.Tests;

/// <summary>The whole service on real sockets, with the calls its sidecar makes and clients of two tenants.</summary>
internal sealed class MonitorService : IAsyncDisposable
{
    public const string AppToken = "app-token";
    private readonly WebApplication app;
    private readonly GrpcChannel channel;

    private MonitorService(WebApplication app)
    {
        this.app = app;
        channel = GrpcChannel.ForAddress(app.AppAddress());
        Sidecar = new HttpClient
        {
            BaseAddress = app.AppAddress(),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        Sidecar.DefaultRequestHeaders.Add("dapr-api-token", AppToken);
    }

    /// <summary>HTTP/2 without TLS and with the app token, as a sidecar calls.</summary>
    public HttpClient Sidecar { get; }

    public HistoryReader History => app.Services.GetRequiredService<History>().Reader;

    public IRunDatabase Database => app.Services.GetRequiredService<History>().Database;

    public IMeterFactory Meters => app.Services.GetRequiredService<IMeterFactory>();

    public Uri HealthAddress => app.HealthAddress();

    public RunQueryService.RunQueryServiceClient Acme => ClientOf("acme-viewer-key");

    public RunQueryService.RunQueryServiceClient Globex => ClientOf("globex-viewer-key");

    public static async Task<MonitorService> StartAsync(string folder, params string[] args)
    {
        var app = MonitorApp.Build(
        [
            "--APP_PORT=0", "--HEALTH_PORT=0", $"--APP_API_TOKEN={AppToken}", $"--DATA_DIR={folder}", "--Monitor:ArrivalPatience=00:00:00.05",
            .. Key(0, "acme", "viewer"), .. Key(1, "globex", "viewer"), .. Key(2, "acme", "agent"), .. args,
        ]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new MonitorService(app);
    }

    /// <summary>A client with any key; an empty one sends none.</summary>
    public RunQueryService.RunQueryServiceClient ClientOf(string key) => new(channel.Intercept(headers =>
    {
        headers.Add("dapr-api-token", AppToken);
        if (key.Length > 0)
        {
            headers.Add("authorization", $"Bearer {key}");
        }

        return headers;
    }));

    /// <summary>Delivers the events in one message, which must be taken.</summary>
    public async Task PublishAsync(params IEnumerable<RunEvent> events) =>
        Assert.Equal("""{"status":"SUCCESS"}""", await DeliverAsync(JsonFormatter.Default.Format(new RunEvents { Events = { events } })));

    /// <summary>Posts what a sidecar posts for a message with this data, and returns its answer.</summary>
    public Task<string> DeliverAsync(string data) =>
        PostAsync(Envelope(JsonNode.Parse(data)).ToJsonString(), "application/cloudevents+json");

    public async Task<string> PostAsync(string body, string contentType)
    {
        using var content = new StringContent(body, Encoding.UTF8, contentType);
        using var response =
            await Sidecar.PostAsync(new Uri("/run-events", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The envelope daprd makes.</summary>
    public static JsonObject Envelope(JsonNode? data) => new()
    {
        ["specversion"] = "1.0",
        ["id"] = "5f1f0a3e-5d5e-4f5b-9a43-d1c9bbd9a4b1",
        ["source"] = "orchestrator",
        ["type"] = "com.dapr.event.sent",
        ["datacontenttype"] = "application/json",
        ["topic"] = "run-events",
        ["pubsubname"] = "pubsub",
        ["time"] = "2026-11-20T12:00:00Z",
        ["traceid"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ["traceparent"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ["data"] = data,
    };

    public Task StopAsync() => app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Sidecar.Dispose();
        channel.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    private static string[] Key(int i, string tenant, string role) =>
    [
        $"--Access:ApiKeys:{i}:Name={tenant}-{role}",
        $"--Access:ApiKeys:{i}:Hash={Authenticator.HashOf($"{tenant}-{role}-key")}",
        $"--Access:ApiKeys:{i}:Tenant={tenant}",
        $"--Access:ApiKeys:{i}:Roles:0={role}",
    ];
}
