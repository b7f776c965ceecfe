using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Dapr.Workflow;
using Dapr.Workflow.Registration;
using Grpc.Core;
using Xunit;

namespace Sdk.Tests.Dapr;

/// <summary>What clients of workflows can ask, and what goes along with a start, at the development sidecar.</summary>
public sealed class LiveWorkflowClientTests(LiveSidecar sidecar) : IClassFixture<LiveSidecar>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Instances_ManyOfThem_AreListedInPages()
    {
        await using var own = new LiveSidecar();
        await own.InitializeAsync();
        await using var app = await WorkflowApp.StartAsync(own, false, options =>
            options.RegisterWorkflow<int, int>("Echo", (_, n) => Task.FromResult(n)));
        var expected = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            expected.Add(await app.Client.ScheduleNewWorkflowAsync("Echo", null, i));
        }

        var listed = new List<string>();
        string? next = null;
        do
        {
            var page = await app.Client.ListInstanceIdsAsync(next, 2, Token);
            Assert.InRange(page.InstanceIds.Count, 0, 2);
            listed.AddRange(page.InstanceIds);
            next = page.ContinuationToken;
        }
        while (next is not null);

        Assert.Equal(expected.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task State_OfAnInstance_TellsAllOfIt()
    {
        await using var app = await WorkflowApp.StartAsync(sidecar, false, options =>
            options.RegisterWorkflow<string, string>("Told", async (context, text) =>
            {
                context.SetCustomStatus(new { Step = 1 });
                await context.WaitForExternalEventAsync<object>("Go");
                context.SetCustomStatus(null);
                return text;
            }));
        var id = await app.Client.ScheduleNewWorkflowAsync("Told", null, "in", (DateTime?)null);

        var running = await app.Client.WaitForWorkflowStartAsync(id, cancellation: Token);
        Assert.True(running is { Exists: true, IsWorkflowRunning: true, IsWorkflowCompleted: false });
        Assert.True(running is { WorkflowName: "Told", FailureDetails: null });
        Assert.Equal(1, running.ReadCustomStatusAs<JsonElement>().GetProperty("step").GetInt32());
        Assert.Equal("in", running.ReadInputAs<string>());
        Assert.Null((await app.Client.GetWorkflowStateAsync(id, false, Token)).ReadInputAs<string>());

        await app.Client.RaiseEventAsync(id, "Go", cancellation: Token);
        var done = await app.Client.WaitForWorkflowCompletionAsync(id, true, Token);
        Assert.True(done is { IsWorkflowRunning: false, IsWorkflowCompleted: true });
        Assert.Null(done.ReadCustomStatusAs<string>());
        Assert.True(done.LastUpdatedAt >= done.CreatedAt && done.CreatedAt > DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task Instance_Unknown_DoesNotExist()
    {
        using var client = (DaprWorkflowClient)new DaprWorkflowClientBuilder().UseGrpcEndpoint(sidecar.GrpcEndpoint).Build();

        var state = await client.GetWorkflowStateAsync("nobody", cancellation: Token);

        Assert.Equal(
            (false, null, WorkflowRuntimeStatus.Unknown, default),
            (state.Exists, state.WorkflowName, state.RuntimeStatus, state.CreatedAt));
        Assert.False((await client.WaitForWorkflowStartAsync("nobody", cancellation: Token)).Exists);
        Assert.False((await client.WaitForWorkflowCompletionAsync("nobody", cancellation: Token)).Exists);
        var refused = await Assert.ThrowsAsync<RpcException>(() => client.RaiseEventAsync("nobody", "Go", cancellation: Token));
        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task Purge_OfARunningInstance_IsRefused()
    {
        await using var app = await WorkflowApp.StartAsync(sidecar, false, options =>
            options.RegisterWorkflow<object?, string>("Waits", (context, _) => context.WaitForExternalEventAsync<string>("Go")));
        var id = await app.Client.ScheduleNewWorkflowAsync("Waits");

        var refused = await Assert.ThrowsAsync<RpcException>(() => app.Client.PurgeInstanceAsync(id, Token));
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        await app.Client.TerminateWorkflowAsync(id, cancellation: Token);
        Assert.True(await app.Client.PurgeInstanceAsync(id, Token));
    }

    [Fact]
    public async Task Serializers_OfWorkerAndClient_AreUsed()
    {
        var snake = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
        await using var app = await WorkflowApp.StartAsync(
            sidecar.GrpcEndpoint,
            false,
            options => options.RegisterWorkflow<Named, JsonElement>("Names", (_, named) =>
                Task.FromResult(JsonSerializer.SerializeToElement(named.FullName))),
            builder => builder.WithJsonSerializer(snake).WithGrpcMessageSizeLimits(64 << 20, 64 << 20),
            (_, client) => client.UseJsonSerializer(snake));

        var id = await app.Client.ScheduleNewWorkflowAsync("Names", null, new Named("A B"));
        var state = await app.Client.WaitForWorkflowCompletionAsync(id, cancellation: Token);

        Assert.Equal("A B", state.ReadOutputAs<string>());
        Assert.Equal("""{"full_name":"A B"}""", state.ReadInputAs<JsonElement>().GetRawText());
    }

    [Fact]
    public async Task Trace_OfTheStarter_ReachesActivitiesOfChildren()
    {
        var spans = new ConcurrentQueue<(string Name, string Trace)>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Dapr.Workflow",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => spans.Enqueue((activity.OperationName, activity.TraceId.ToString())),
        };
        ActivitySource.AddActivityListener(listener);
        await using var app = await WorkflowApp.StartAsync(sidecar, false, options =>
        {
            options.RegisterActivity<string, string>("Traced", (_, _) => Task.FromResult(Activity.Current!.TraceId.ToString()));
            options.RegisterWorkflow<string, string>("TracedChild", (context, text) => context.CallActivityAsync<string>("Traced", text));
            options.RegisterWorkflow<string, string[]>("TracedParent", async (context, text) =>
            [
                await context.CallActivityAsync<string>("Traced", text),
                await context.CallChildWorkflowAsync<string>("TracedChild", text),
            ]);
        });

        using var root = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        var trace = root.TraceId.ToString();
        var id = await app.Client.ScheduleNewWorkflowAsync("TracedParent", null, "x");
        var state = await app.Client.WaitForWorkflowCompletionAsync(id, cancellation: Token);

        Assert.Equal([trace, trace], state.ReadOutputAs<string[]>()!);
        Assert.Equal(2, spans.Count(span => span == ("WorkflowActivity Traced", trace)));
    }

    private sealed record Named(string FullName);
}
