using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sidecar;
using Sidecar.Apps;
using Testing;

namespace Interop.Tests;

/// <summary>The official JavaScript SDK, npm @dapr/dapr, against our sidecar.</summary>
public sealed class DaprJsTests(DaprJsTests.Run run) : IClassFixture<DaprJsTests.Run>
{
    private readonly Run run = NodeScript.Needed(run);

    public static TheoryData<string, string> Expected => new()
    {
        { "state", """{"object":{"x":1},"text":"two","number":3,"missing":"","bulk":[{"key":"object","data":{"x":1}},{"key":"text","data":"two"},{"key":"missing","data":null}]}""" },
        { "state_transaction", """{"created":"made","deleted":""}""" },
        { "state_delete", "\"\"" },
        { "state_etag", """{"refused":true,"kept":1,"taken":3}""" },
        { "publish", """[{"n":1},"text",{"n":3}]""" },
        { "publish_bulk", """{"failed":0,"got":[{"n":1},"text",{"n":3}]}""" },
        { "publish_bulk_refused", "2" },
        { "publish_retry", """[{"n":1},{"n":1}]""" },
        { "publish_dead_letter", """[{"n":1}]""" },
        { "publish_unknown", "true" },
        { "invoke", """{"web":{"via":"HTTP","body":{"hi":1},"query":"/hello"},"callback":{"via":"GRPC","body":{"hi":1},"query":""}}""" },
        { "invoke_unknown_app", "true" },
        { "secrets", """{"one":{"key":"k"},"all":{"key":{"key":"k"}}}""" },
        { "secret_missing", "true" },
        { "lock", "[true,false,2,0,1]" },
        { "health", "true" },
    };

    [Theory]
    [MemberData(nameof(Expected))]
    public void Http_Case_Succeeds(string name, string expected) => Assert.Equal(expected, run.Http[name]?.ToJsonString() ?? "null");

    [Theory]
    [MemberData(nameof(Expected))]
    public void Grpc_Case_Succeeds(string name, string expected) => Assert.Equal(expected, run.Grpc[name]?.ToJsonString() ?? "null");

    [Fact]
    public void Metadata_NamesAppAndComponents()
    {
        const string Components = """["locks","pubsub","secrets","statestore"]""";

        Assert.Equal("web", (string?)run.Http["metadata"]!["id"]);
        Assert.Equal("blue", (string?)run.Http["metadata"]!["colour"]);
        Assert.Equal(Components, run.Http["metadata"]!["components"]!.ToJsonString());
        Assert.Equal("callback", (string?)run.Grpc["metadata"]!["id"]);
        Assert.Equal(Components, run.Grpc["metadata"]!["components"]!.ToJsonString());
    }

    [Fact]
    public void State_UnknownStore_IsAnErrorThatNamesIt()
    {
        Assert.Contains("nowhere", (string?)run.Http["state_unknown_store"]!["error"], StringComparison.Ordinal);
        Assert.Contains("nowhere", (string?)run.Grpc["state_unknown_store"]!["error"], StringComparison.Ordinal);
    }

    /// <summary>An app on HTTP and one on gRPC that call each other, and the sidecar of both.</summary>
    public sealed class Run : IAsyncLifetime
    {
        private LocalSidecar? sidecar;

        public JsonObject Http { get; private set; } = [];

        public JsonObject Grpc { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            if (NodeScript.Missing is not null)
            {
                return;
            }

            var web = new JsApp("web", FreePort.Next(), "http");
            var callback = new JsApp("callback", FreePort.Next(), "grpc");
            await using var http = NodeScript.Start("dapr.js", "HTTP", web.HttpPort, web.AppPort, LocalSidecar.Token);
            await using var grpc = NodeScript.Start("dapr.js", "GRPC", callback.GrpcPort, callback.AppPort, LocalSidecar.Token);
            sidecar = await LocalSidecar.StartAsync(web, callback);
            Assert.NotNull(await http.ReadAsync());
            Assert.NotNull(await grpc.ReadAsync());
            await sidecar.WaitForAppsAsync();
            await http.TellAsync("run");
            Http = await http.ReadAsync();
            await grpc.TellAsync("run");
            Grpc = await grpc.ReadAsync();
        }

        public async ValueTask DisposeAsync()
        {
            if (sidecar is not null)
            {
                await sidecar.DisposeAsync();
            }
        }
    }
}

/// <summary>An app of the sidecar.</summary>
internal sealed record JsApp(string AppId, int AppPort, string Protocol)
{
    public int HttpPort { get; } = FreePort.Next();
    public int GrpcPort { get; } = FreePort.Next();
}

/// <summary>A sidecar with every building block, in a folder of its own.</summary>
internal sealed class LocalSidecar : IAsyncDisposable
{
    /// <summary>What apps show to it.</summary>
    public const string Token = "of-the-sidecar";

    private static readonly (string Name, string Type, string Metadata)[] Components =
    [
        ("statestore", "state.sqlite", "{ name: connectionString, value: state.db }"),
        ("pubsub", "pubsub.sqlite", "{ name: connectionString, value: pubsub.db }"),
        ("locks", "lock.sqlite", "{ name: connectionString, value: state.db }"),
        ("secrets", "secretstores.local.file", "{ name: secretsFile, value: secrets.json }"),
    ];

    private readonly string folder;
    private readonly WebApplication application;

    private LocalSidecar(string folder, WebApplication application)
    {
        this.folder = folder;
        this.application = application;
    }

    public static async Task<LocalSidecar> StartAsync(params JsApp[] apps)
    {
        var folder = Directory.CreateTempSubdirectory("interop-").FullName;
        File.WriteAllText(Path.Combine(folder, "secrets.json"), """{"key":"k"}""");
        foreach (var (name, type, metadata) in Components)
        {
            File.WriteAllText(Path.Combine(folder, $"{name}.yaml"), $$"""
                apiVersion: dapr.io/v1alpha1
                kind: Component
                metadata: { name: {{name}} }
                spec: { type: {{type}}, version: v1, metadata: [ {{metadata}} ] }
                """);
        }

        File.WriteAllText(Path.Combine(folder, "dapr.yml"), $"version: 1\ncommon: {{ env: {{ DAPR_API_TOKEN: {Token} }} }}\napps:\n"
            + string.Concat(apps.Select(app => string.Create(
            CultureInfo.InvariantCulture,
            $"  - {{ appID: {app.AppId}, appPort: {app.AppPort}, appProtocol: {app.Protocol}, daprHTTPPort: {app.HttpPort}, daprGRPCPort: {app.GrpcPort} }}\n"))));
        var application = SidecarApp.Build(
            ["--run-file", Path.Combine(folder, "dapr.yml"), "--data", Path.Combine(folder, "data"), "--resources-path", folder]);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new LocalSidecar(folder, application);
    }

    /// <summary>Waits until the sidecar has found every app.</summary>
    public Task WaitForAppsAsync() => Task.WhenAll(application.Services.GetRequiredService<AppDirectory>().Replicas
        .Select(replica => replica.WhenReachableAsync(TestContext.Current.CancellationToken)));

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
