using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Grpc.Core;
using Local.Tests.Protos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Local.Tests.Sidecars;

public sealed class ApiTests : IAsyncLifetime
{
    private const string Components = RunningSidecar.LocalComponents + """

        ---
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: secrets }
        spec:
          type: secretstores.local.file
          version: v1
          metadata: [{ name: secretsFile, value: secrets.json }]
        scopes: [one]
        ---
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: locks }
        spec:
          type: lock.sqlite
          version: v1
          metadata: [{ name: connectionString, value: state.db }]
        """;

    private readonly TestApp one = new("one");
    private readonly TestApp web = new("web", FreePort.Next(), "h2c");
    private readonly RunningSidecar sidecar;
    private readonly HttpClient http;

    public ApiTests()
    {
        sidecar = new RunningSidecar([one, web], Components) { Environment = new() { ["APP_API_TOKEN"] = "app-secret" } };
        File.WriteAllText(Path.Combine(sidecar.Folder, "components", "secrets.json"), """{"db":{"password":"pw"},"key":"k"}""");
        http = new HttpClient { BaseAddress = one.HttpAddress };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await sidecar.StartAsync();

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return sidecar.DisposeAsync();
    }

    [Fact]
    public async Task Health_AndMetadata_Answer()
    {
        using var health = await http.GetAsync("/v1.0/healthz", Token);
        using var outbound = await http.GetAsync("/v1.0/healthz/outbound", Token);
        using var labelled = await http.PutAsync("/v1.0/metadata/colour", new StringContent("blue"), Token);
        var metadata = await http.GetFromJsonAsync<JsonObject>("/v1.0/metadata", Token);

        Assert.Equal(HttpStatusCode.NoContent, health.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, outbound.StatusCode);
        Assert.Equal("one", (string?)metadata!["id"]);
        Assert.Equal("blue", (string?)metadata["extended"]!["colour"]);
        Assert.Contains(metadata["components"]!.AsArray(), component => (string?)component!["name"] == "statestore");
    }

    [Fact]
    public async Task Invoke_HttpApp_GetsMethodPathQueryBodyAndIdentity()
    {
        await using var app =
            await EchoApp.StartAsync(web.AppPort, map: routes => routes.Map("/deep/{**rest}", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            context.Response.StatusCode = 418;
            var headers = context.Request.Headers;
            return Results.Text(
                $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {await reader.ReadToEndAsync(context.RequestAborted)} "
                + $"{headers["dapr-caller-app-id"]} {headers["dapr-api-token"]} {headers["own"]}", statusCode: 418);
        }));
        await sidecar.WaitForAppAsync(web);
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1.0/invoke/web/method/deep/path?x=1");
        request.Headers.Add("own", "kept");
        request.Headers.Add("dapr-caller-app-id", "forged");
        request.Content = new StringContent("body");

        using var response = await http.SendAsync(request, Token);

        Assert.Equal((HttpStatusCode)418, response.StatusCode);
        Assert.Equal("PUT /deep/path?x=1 body one app-secret kept", await response.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("/v1.0/invoke/nobody/method/x", HttpStatusCode.InternalServerError, "ERR_DIRECT_INVOKE")]
    [InlineData("/v1.0/state/nostore/x", HttpStatusCode.BadRequest, "ERR_STATE_STORE_NOT_FOUND")]
    [InlineData("/v1.0/secrets/nostore/x", HttpStatusCode.Unauthorized, "ERR_SECRET_STORE_NOT_FOUND")]
    [InlineData("/v1.0/workflows/dapr/nobody", HttpStatusCode.NotFound, "ERR_INSTANCE_ID_NOT_FOUND")]
    public async Task Http_WrongName_HasDaprsErrorCode(string path, HttpStatusCode status, string code)
    {
        using var response = await http.GetAsync(path, Token);
        var body = await response.Content.ReadFromJsonAsync<JsonObject>(Token);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(code, (string?)body!["errorCode"]);
    }

    [Fact]
    public async Task Body_LargerThanAllowed_IsRefused()
    {
        var value = Encoding.UTF8.GetString(Enumerable.Repeat((byte)'x', 5_000_000).ToArray());

        using var response = await http.PostAsJsonAsync("/v1.0/state/statestore", new[] { new { key = "big", value } }, Token);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Secrets_OnlyInScope_FlatNames()
    {
        var secret = await sidecar.Dapr(one)
            .GetSecretAsync(new GetSecretRequest { StoreName = "secrets", Key = "db:password" }, cancellationToken: Token);
        var all = await http.GetFromJsonAsync<JsonObject>("/v1.0/secrets/secrets/bulk", Token);
        var other = await Assert.ThrowsAsync<RpcException>(async () =>
            await sidecar.Dapr(web).GetSecretAsync(new GetSecretRequest { StoreName = "secrets", Key = "key" }, cancellationToken: Token));

        Assert.Equal("pw", secret.Data["db:password"]);
        Assert.Equal("k", (string?)all!["key"]!["key"]);
        Assert.Equal(StatusCode.InvalidArgument, other.StatusCode);
    }

    [Fact]
    public async Task Lock_IsHeldByOne_AndOutlivesTheSidecar()
    {
        var request = new TryLockRequest { StoreName = "locks", ResourceId = "r", LockOwner = "me", ExpiryInSeconds = 60 };
        var first = await sidecar.Dapr(one).TryLockAlpha1Async(request, cancellationToken: Token);
        await sidecar.StopAsync();
        sidecar.DropChannels();
        await sidecar.StartAsync();
        var second = await sidecar.Dapr(one)
            .TryLockAlpha1Async(new TryLockRequest(request) { LockOwner = "you" }, cancellationToken: Token);
        var stolen = await UnlockAsync("you");
        var released = await UnlockAsync("me");
        var again = await UnlockAsync("me");

        Assert.True(first.Success);
        Assert.False(second.Success);
        Assert.Equal(UnlockResponse.Types.Status.LockBelongsToOthers, stolen);
        Assert.Equal(UnlockResponse.Types.Status.Success, released);
        Assert.Equal(UnlockResponse.Types.Status.LockDoesNotExist, again);
    }

    [Fact]
    public async Task Workflow_StartedByHttp_IsManagedByIt()
    {
        await using var worker = new TestWorker(sidecar.Workflows(one))
        {
            Workflow = history => history.Any(e => e.EventRaised is not null) ? [TestWorker.Complete("\"out\"")] : [],
        };
        using var started = await http.PostAsync("/v1.0-beta1/workflows/dapr/flow/start?instanceID=w1", new StringContent("\"in\""), Token);
        using var raised = await http.PostAsync("/v1.0/workflows/dapr/w1/raiseEvent/go", new StringContent("1"), Token);
        await sidecar.Workflows(one).WaitForInstanceCompletionAsync(new() { InstanceId = "w1" }, cancellationToken: Token);
        var found = await http.GetFromJsonAsync<JsonObject>("/v1.0/workflows/dapr/w1", Token);
        using var purged = await http.PostAsync("/v1.0/workflows/dapr/w1/purge", null, Token);
        var gone = await sidecar.Dapr(one).GetWorkflowBeta1Async(new GetWorkflowRequest { InstanceId = "w1" }, cancellationToken: Token);

        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, raised.StatusCode);
        Assert.Equal("COMPLETED", (string?)found!["runtimeStatus"]);
        Assert.Equal("\"out\"", (string?)found["properties"]!["dapr.workflow.output"]);
        Assert.Equal(HttpStatusCode.Accepted, purged.StatusCode);
        Assert.Empty(gone.RuntimeStatus);
    }

    [Fact]
    public async Task Stop_OpenStreamsAndWaits_EndAtOnce()
    {
        await using var worker = new TestWorker(sidecar.Workflows(one));
        await sidecar.Workflows(one).StartInstanceAsync(new() { InstanceId = "w", Name = "flow" }, cancellationToken: Token);
        using var waiting = sidecar.Workflows(one).WaitForInstanceCompletionAsync(new() { InstanceId = "w" }, cancellationToken: Token);

        await sidecar.StopAsync();

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(async () => await waiting)).StatusCode);
    }

    private async Task<UnlockResponse.Types.Status> UnlockAsync(string owner)
    {
        var request = new UnlockRequest { StoreName = "locks", ResourceId = "r", LockOwner = owner };
        return (await sidecar.Dapr(one).UnlockAlpha1Async(request, cancellationToken: Token)).Status;
    }
}

public sealed class TokenTests : IAsyncLifetime
{
    private readonly TestApp caller = new("caller");
    private readonly TestApp target = new("target", FreePort.Next());
    private readonly RunningSidecar sidecar;

    public TokenTests() => sidecar = new RunningSidecar([caller, target])
    {
        Environment = new() { ["DAPR_API_TOKEN"] = "side-secret", ["APP_API_TOKEN"] = "app-secret" },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await sidecar.StartAsync();

    public ValueTask DisposeAsync() => sidecar.DisposeAsync();

    [Fact]
    public async Task Grpc_WithoutOrWithWrongToken_IsUnauthenticated()
    {
        foreach (var headers in new Metadata[] { [], new() { { "dapr-api-token", "wrong" } } })
        {
            var error = await Assert.ThrowsAsync<RpcException>(async () =>
                await sidecar.Dapr(caller).GetMetadataAsync(new GetMetadataRequest(), headers, cancellationToken: Token));
            Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
        }
    }

    [Fact]
    public async Task Http_WithoutToken_IsUnauthorizedExceptHealth()
    {
        using var http = new HttpClient { BaseAddress = caller.HttpAddress };
        using var health = await http.GetAsync("/v1.0/healthz", Token);
        using var metadata = await http.GetAsync("/v1.0/metadata", Token);

        Assert.Equal(HttpStatusCode.NoContent, health.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, metadata.StatusCode);
    }

    [Fact]
    public async Task Proxy_ShowsTheAppItsTokenAndNeverTheSidecars()
    {
        await using var app = await EchoApp.StartAsync(target.AppPort);
        await sidecar.WaitForAppAsync(target);
        var headers = new Metadata { { "dapr-api-token", "side-secret" }, { "dapr-app-id", "target" } };
        using var call = new Echo.EchoClient(sidecar.Channel(caller)).OneAsync(new EchoMessage(), headers, cancellationToken: Token);

        await call;

        Assert.Equal("app-secret", call.GetTrailers().GetValue("token"));
    }
}
