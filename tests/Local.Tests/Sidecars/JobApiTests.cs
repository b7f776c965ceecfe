using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Local.Tests.Sidecars;

/// <summary>Jobs over the API, and triggers to apps of either protocol.</summary>
public sealed class JobApiTests : IAsyncLifetime
{
    // Only a failing test waits that long.
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(5);

    private readonly TestApp web = new("web", FreePort.Next(), "h2c");
    private readonly TestApp callback = new("callback", FreePort.Next());
    private readonly RunningSidecar sidecar;
    private readonly HttpClient http;

    public JobApiTests()
    {
        sidecar = new RunningSidecar([web, callback]);
        http = new HttpClient { BaseAddress = web.HttpAddress };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await sidecar.StartAsync();

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return sidecar.DisposeAsync();
    }

    [Theory]
    [InlineData("v1.0")]
    [InlineData("v1.0-alpha1")]
    public async Task Http_Job_IsScheduledReadTriggeredAndDeleted(string version)
    {
        var inbox = new Inbox();
        await using var app =
            await EchoApp.StartAsync(web.AppPort, map: routes => routes.MapPost("/job/now", (Delegate)inbox.ReceiveAsync));
        const string Later =
            """{"schedule":"@hourly","repeats":3,"ttl":"P1Y","data":{"n":[1]},"failurePolicy":{"constant":{"interval":"2s","maxRetries":5}}}""";
        using var later = await PostAsync($"/{version}/jobs/later", Later);
        using var now = await PostAsync($"/{version}/jobs/now", """{"dueTime":"0s","data":{"x":"y"}}""");
        using var again = await PostAsync($"/{version}/jobs/later", """{"dueTime":"1h"}""");
        using var over = await PostAsync($"/{version}/jobs/later", """{"dueTime":"1h","overwrite":true}""");
        using var first = await PostAsync($"/{version}/jobs/first", Later);
        var found = await http.GetFromJsonAsync<JsonObject>($"/{version}/jobs/first", Token);
        using var deleted = await http.DeleteAsync($"/{version}/jobs/first", Token);
        using var missing = await http.GetAsync($"/{version}/jobs/first", Token);

        Assert.Equal("""{"x":"y"}""", Assert.Single(await inbox.TakeAsync(1)).ToJsonString());
        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.Conflict, HttpStatusCode.NoContent],
            [later.StatusCode, now.StatusCode, again.StatusCode, over.StatusCode]);
        Assert.Equal(("first", "@hourly", 3, "P1Y"), (
            (string?)found!["name"], (string?)found["schedule"], (int?)found["repeats"], (string?)found["ttl"]));
        Assert.Equal("""{"n":[1]}""", found["data"]!.ToJsonString());
        Assert.Equal(5, (int?)found["failurePolicy"]!["constant"]!["maxRetries"]);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, missing.StatusCode);
        Assert.Contains("job not found", await missing.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPPER", """{"dueTime":"1h"}""")]
    [InlineData("name", """{"name":"name","dueTime":"1h"}""")]
    [InlineData("name", "{}")]
    [InlineData("name", "{")]
    [InlineData("name", """{"dueTime":"1h","failurePolicy":{}}""")]
    [InlineData("name", """{"dueTime":"1h","failurePolicy":{"constant":{"interval":"?"}}}""")]
    public async Task Http_WrongJob_IsRefused(string name, string body)
    {
        using var response = await PostAsync($"/v1.0/jobs/{name}", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Grpc_Trigger_ReachesTheCallbackOfNewAndOldApps(bool old)
    {
        var seen = Channel.CreateUnbounded<JobEventRequest>();
        await using var app =
            await EchoApp.StartAsync(callback.AppPort, map: routes => Map(routes, old), services: services => services.AddSingleton(seen));
        var data = new Any { TypeUrl = "dapr.io/schedule/jobpayload", Value = ByteString.CopyFromUtf8("""{"n":1}""") };
        await sidecar.Dapr(callback).ScheduleJobAsync(
            new ScheduleJobRequest { Job = new Job { Name = "job", DueTime = "0s", Data = data } }, cancellationToken: Token);

        var request = await seen.Reader.ReadAsync(Token).AsTask().WaitAsync(Enough, Token);

        Assert.Equal(("job", "job/job", HTTPExtension.Types.Verb.Post), (request.Name, request.Method, request.HttpExtension.Verb));
        Assert.Equal(data, request.Data);
    }

    [Fact]
    public async Task Grpc_Jobs_AreListedPerApp_AndOutliveTheSidecar()
    {
        var client = sidecar.Dapr(callback);
        foreach (var name in (string[])["b", "a-1", "a-2"])
        {
            await client.ScheduleJobAlpha1Async(
                new ScheduleJobRequest { Job = new Job { Name = name, DueTime = "1h" } }, cancellationToken: Token);
        }

        await client.DeleteJobsByPrefixAsync(new DeleteJobsByPrefixRequest { NamePrefix = "a-" }, cancellationToken: Token);
        await sidecar.StopAsync();
        sidecar.DropChannels();
        await sidecar.StartAsync();
        var mine = await sidecar.Dapr(callback).ListJobsAsync(new ListJobsRequest(), cancellationToken: Token);
        var others = await sidecar.Dapr(web).ListJobsAlpha1Async(new ListJobsRequestAlpha1(), cancellationToken: Token);
        await sidecar.Dapr(callback).DeleteJobAsync(new DeleteJobRequest { Name = "b" }, cancellationToken: Token);
        var gone = await Assert.ThrowsAsync<RpcException>(
            async () => await sidecar.Dapr(callback).GetJobAsync(new GetJobRequest { Name = "b" }, cancellationToken: Token));

        Assert.Equal("b", Assert.Single(mine.Jobs).Name);
        Assert.Empty(others.Jobs);
        Assert.Equal(StatusCode.Internal, gone.StatusCode);
    }

    private static void Map(WebApplication routes, bool old)
    {
        if (old)
        {
            routes.MapGrpcService<OldApp>();
        }
        else
        {
            routes.MapGrpcService<NewApp>();
        }
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body) =>
        await http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Token);

    private sealed class NewApp(Channel<JobEventRequest> seen) : AppCallback.AppCallbackBase
    {
        public override Task<JobEventResponse> OnJobEvent(JobEventRequest request, ServerCallContext context)
        {
            seen.Writer.TryWrite(request);
            return Task.FromResult(new JobEventResponse());
        }
    }

    private sealed class OldApp(Channel<JobEventRequest> seen) : AppCallbackAlpha.AppCallbackAlphaBase
    {
        public override Task<JobEventResponse> OnJobEventAlpha1(JobEventRequest request, ServerCallContext context)
        {
            seen.Writer.TryWrite(request);
            return Task.FromResult(new JobEventResponse());
        }
    }
}
