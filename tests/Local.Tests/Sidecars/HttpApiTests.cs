using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Local.Tests.Sidecars;

/// <summary>What is on HTTP in a form of its own.</summary>
public sealed class HttpApiTests : IAsyncLifetime
{
    private const string Components = RunningSidecar.LocalComponents + $$"""

        ---
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: locks }
        spec: { type: lock.in-memory, version: v1 }
        ---
        {{SidecarFolder.PubSub}}
        """;

    private readonly TestApp app = new("app", FreePort.Next(), "h2c");
    private readonly RunningSidecar sidecar;
    private readonly HttpClient http;

    public HttpApiTests()
    {
        sidecar = new RunningSidecar([app], Components);
        http = new HttpClient { BaseAddress = app.HttpAddress };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await sidecar.StartAsync();

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return sidecar.DisposeAsync();
    }

    [Fact]
    public async Task Lock_IsHeldUntilItsOwnerUnlocks()
    {
        Assert.True((bool?)(await PostAsync("/v1.0-alpha1/lock/locks", """{"resourceId":"r","lockOwner":"me","expiryInSeconds":60}"""))["success"]);
        Assert.False((bool?)(await PostAsync("/v1.0-alpha1/lock/locks", """{"resourceId":"r","lockOwner":"me","expiryInSeconds":60}"""))["success"]);
        Assert.Equal(2, (int?)(await PostAsync("/v1.0-alpha1/unlock/locks", """{"resourceId":"r","lockOwner":"you"}"""))["status"]);
        Assert.Equal(0, (int?)(await PostAsync("/v1.0-alpha1/unlock/locks", """{"resourceId":"r","lockOwner":"me"}"""))["status"]);
        Assert.Equal(1, (int?)(await PostAsync("/v1.0-alpha1/unlock/locks", """{"resourceId":"r","lockOwner":"me"}"""))["status"]);
    }

    [Theory]
    [InlineData("/v1.0-alpha1/lock/none", """{"resourceId":"r","lockOwner":"me","expiryInSeconds":60}""", 400, "ERR_LOCK_STORE_NOT_FOUND")]
    [InlineData("/v1.0-alpha1/lock/locks", """{"resourceId":"r","lockOwner":"me","expiryInSeconds":0}""", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("/v1.0-alpha1/lock/locks", """{"lockOwner":"me","expiryInSeconds":6}""", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("/v1.0-alpha1/unlock/locks", """{"lockOwner":"me"}""", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("/v1.0-alpha1/unlock/locks", "{", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("/v1.0/publish/bulk/none/topic", "[]", 404, "ERR_PUBSUB_NOT_FOUND")]
    [InlineData("/v1.0/publish/bulk/pubsub/topic", "{", 400, "ERR_PUBSUB_EVENTS_SER")]
    [InlineData("/v1.0/publish/bulk/pubsub/topic", """[{"event":1,"contentType":"application/json"}]""", 400, "ERR_PUBSUB_EVENTS_SER")]
    [InlineData("/v1.0/publish/bulk/pubsub/topic", """[{"entryId":"a","event":"!","contentType":"application/octet-stream"}]""", 400,
        "ERR_PUBSUB_EVENTS_SER")]
    [InlineData("/v1.0/state/statestore", "[null]", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("/v1.0/state/statestore", "not json", 400, "ERR_MALFORMED_REQUEST")]
    public async Task WrongRequest_HasDaprsErrorCode(string path, string body, int status, string code)
    {
        using var response = await http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Token);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, (string?)(await response.Content.ReadFromJsonAsync<JsonObject>(Token))!["errorCode"]);
    }

    [Theory]
    [InlineData("/v1.0")]
    [InlineData("/v1.0-alpha1")]
    public async Task PublishBulk_EveryContentType_ArrivesAsItsKindOfData(string version)
    {
        var inbox = new Inbox();
        await using var subscriber = await EchoApp.StartAsync(app.AppPort, map: routes =>
        {
            routes.MapGet("/dapr/subscribe", () =>
                Results.Text("""[{"pubsubname":"pubsub","topic":"a/b","route":"in"}]""", "application/json"));
            routes.MapPost("/in", (Delegate)inbox.ReceiveAsync);
        });
        const string Entries = """
            [{"entryId":"1","event":{"n":1},"contentType":"application/json"},
             {"entryId":"2","event":"text","contentType":"text/plain","metadata":{"cloudevent.type":"special"}},
             {"entryId":"3","event":"AQI=","contentType":"application/octet-stream"},
             {"entryId":"4","event":"quoted","contentType":"application/json"},
             {"entryId":"5","event":{"id":"own","data":5},"contentType":"application/cloudevents+json"}]
            """;

        using var response =
            await http.PostAsync($"{version}/publish/bulk/pubsub/a/b?metadata.ttlInSeconds=60", new StringContent(Entries), Token);
        var events = await inbox.TakeAsync(5);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(1, (int?)events[0]["data"]!["n"]);
        Assert.Equal("text", (string?)events[1]["data"]);
        Assert.Equal("special", (string?)events[1]["type"]);
        Assert.Equal("AQI=", (string?)events[2]["data_base64"]);
        Assert.Equal("quoted", (string?)events[3]["data"]);
        Assert.Equal("own", (string?)events[4]["id"]);
    }

    [Fact]
    public async Task PublishBulk_EntryThatIsNoCloudEvent_IsNamed()
    {
        const string Entries =
            """[{"entryId":"good","event":1,"contentType":"application/json"},{"entryId":"bad","event":1,"contentType":"application/cloudevents+json"}]""";
        using var response = await http.PostAsync("/v1.0/publish/bulk/pubsub/topic", new StringContent(Entries), Token);
        var body = await response.Content.ReadFromJsonAsync<JsonObject>(Token);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("ERR_PUBSUB_PUBLISH_MESSAGE", (string?)body!["errorCode"]);
        Assert.Equal("bad", (string?)Assert.Single(body["failedEntries"]!.AsArray())!["entryId"]);
    }

    [Fact]
    public async Task State_BodyWithoutContentType_IsReadAsJson()
    {
        using var saved = await http.PostAsync(
            "/v1.0/state/statestore", new ByteArrayContent("""[{"key":"k","value":{"a":1}}]"""u8.ToArray()), Token);
        var found = await http.GetFromJsonAsync<JsonObject>("/v1.0/state/statestore/k", Token);

        Assert.Equal(HttpStatusCode.NoContent, saved.StatusCode);
        Assert.Equal(1, (int?)found!["a"]);
    }

    private async Task<JsonObject> PostAsync(string path, string body)
    {
        using var response = await http.PostAsync(path, new StringContent(body), Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonObject>(Token))!;
    }
}
