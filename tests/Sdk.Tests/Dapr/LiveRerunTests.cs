using System.Collections.Concurrent;
using Dapr.Workflow;
using Dapr.Workflow.Client;
using Grpc.Core;
using Xunit;

namespace Sdk.Tests.Dapr;

/// <summary>Runs that begin in the middle of another, at the development sidecar.</summary>
public sealed class LiveRerunTests(LiveSidecar sidecar) : IClassFixture<LiveSidecar>
{
    private readonly ConcurrentQueue<string> _calls = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rerun_FromATask_DoesOnlyWhatFollows(bool evict)
    {
        await using var app = await StartAsync(evict);
        var source = await app.Client.ScheduleNewWorkflowAsync("Chain", null, "x");
        Assert.Equal("xabc", (await app.Client.WaitForWorkflowCompletionAsync(source, cancellation: Token)).ReadOutputAs<string>());
        var second = await EventAsync(app, source, WorkflowHistoryEventType.TaskScheduled, 1);

        var same = await app.Client.RerunWorkflowFromEventAsync(source, second, cancellation: Token);
        var edit = new RerunWorkflowFromEventOptions { NewInstanceId = $"edited-{evict}", Input = "y-b", OverwriteInput = true };
        var edited = await app.Client.RerunWorkflowFromEventAsync(source, second, edit, Token);

        Assert.Equal($"edited-{evict}", edited);
        Assert.Equal("xabc", (await app.Client.WaitForWorkflowCompletionAsync(same, cancellation: Token)).ReadOutputAs<string>());
        Assert.Equal("ybc", (await app.Client.WaitForWorkflowCompletionAsync(edited, cancellation: Token)).ReadOutputAs<string>());
        Assert.Equal(["x-a", "xa-b", "xa-b", "xab-c", "xab-c", "y-b", "yb-c"], _calls.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rerun_FromTimerChildOrFanOut_CompletesAgain(bool evict)
    {
        await using var app = await StartAsync(evict);
        var source = await app.Client.ScheduleNewWorkflowAsync("All", null, "x");
        await app.Client.RaiseEventAsync(source, "Go", cancellation: Token);
        Assert.Equal("xaxb child", (await app.Client.WaitForWorkflowCompletionAsync(source, cancellation: Token)).ReadOutputAs<string>());

        (WorkflowHistoryEventType Type, int Nth)[] targets =
        [
            (WorkflowHistoryEventType.TimerCreated, 0), (WorkflowHistoryEventType.SubOrchestrationInstanceCreated, 0),
            (WorkflowHistoryEventType.TaskScheduled, 0), (WorkflowHistoryEventType.TaskScheduled, 1),
        ];
        foreach (var (type, nth) in targets)
        {
            var again = await app.Client.RerunWorkflowFromEventAsync(source, await EventAsync(app, source, type, nth), cancellation: Token);
            await app.Client.RaiseEventAsync(again, "Go", cancellation: Token);
            Assert.Equal(
                "xaxb child", (await app.Client.WaitForWorkflowCompletionAsync(again, cancellation: Token)).ReadOutputAs<string>());
        }

        Assert.Equal("xaxb child", (await app.Client.GetWorkflowStateAsync(source, cancellation: Token)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Rerun_SidecarStopsMeanwhile_GoesOn()
    {
        await using var own = new LiveSidecar();
        await own.InitializeAsync();
        var (started, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var app = await WorkflowApp.StartAsync(own, false, options =>
        {
            options.RegisterActivity<string, string>("Step", async (_, text) =>
            {
                started.TrySetResult();
                await go.Task;
                return text + "!";
            });
            options.RegisterWorkflow<string, string>("One", (context, text) => context.CallActivityAsync<string>("Step", text));
        });
        go.SetResult();
        var source = await app.Client.ScheduleNewWorkflowAsync("One", null, "x");
        await app.Client.WaitForWorkflowCompletionAsync(source, cancellation: Token);
        (started, go) = (new TaskCompletionSource(), new TaskCompletionSource());

        var again = await app.Client.RerunWorkflowFromEventAsync(source, 0, cancellation: Token);
        await started.Task.WaitAsync(Token);
        await own.StopAsync();
        await own.StartAsync();
        go.SetResult();

        Assert.Equal("x!", (await app.Client.WaitForWorkflowCompletionAsync(again, cancellation: Token)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Rerun_ThatCannotBe_IsRefused()
    {
        await using var app = await StartAsync(false);
        var source = await app.Client.ScheduleNewWorkflowAsync("All", null, "x");
        await RefusedAsync(StatusCode.InvalidArgument, app.Client.RerunWorkflowFromEventAsync(source, 0, cancellation: Token));
        await app.Client.RaiseEventAsync(source, "Go", cancellation: Token);
        await app.Client.WaitForWorkflowCompletionAsync(source, cancellation: Token);
        var timer = await EventAsync(app, source, WorkflowHistoryEventType.TimerCreated, 0);
        var taken = new RerunWorkflowFromEventOptions { NewInstanceId = await app.Client.ScheduleNewWorkflowAsync("Chain", null, "x") };

        await RefusedAsync(StatusCode.NotFound, app.Client.RerunWorkflowFromEventAsync("nobody", 0, cancellation: Token));
        await RefusedAsync(StatusCode.NotFound, app.Client.RerunWorkflowFromEventAsync(source, 1000, cancellation: Token));
        await RefusedAsync(StatusCode.AlreadyExists, app.Client.RerunWorkflowFromEventAsync(source, timer, taken, Token));
        await RefusedAsync(
            StatusCode.InvalidArgument,
            app.Client.RerunWorkflowFromEventAsync(source, timer, new RerunWorkflowFromEventOptions { NewInstanceId = source }, Token));
        await RefusedAsync(
            StatusCode.InvalidArgument,
            app.Client.RerunWorkflowFromEventAsync(source, timer, new RerunWorkflowFromEventOptions { OverwriteInput = true }, Token));
        await RefusedAsync(StatusCode.InvalidArgument, app.Client.RerunWorkflowFromEventAsync($"{source}-child", 0, cancellation: Token));
    }

    private static async Task RefusedAsync(StatusCode expected, Task call) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);

    private static async Task<uint> EventAsync(WorkflowApp app, string instance, WorkflowHistoryEventType type, int nth) =>
        (uint)(await app.Client.GetInstanceHistoryAsync(instance, Token)).Where(e => e.EventType == type).ElementAt(nth).EventId;

    private Task<WorkflowApp> StartAsync(bool evict) => WorkflowApp.StartAsync(sidecar, evict, options =>
    {
        options.RegisterActivity<string, string>("Append", (_, call) =>
        {
            _calls.Enqueue(call);
            return Task.FromResult(call.Replace("-", "", StringComparison.Ordinal));
        });
        options.RegisterWorkflow<string, string>("Chain", async (context, text) =>
        {
            foreach (var step in (string[])["a", "b", "c"])
            {
                text = await context.CallActivityAsync<string>("Append", $"{text}-{step}");
            }

            return text;
        });
        options.RegisterWorkflow<string, string>("Child", (_, text) => Task.FromResult(text));
        options.RegisterWorkflow<string, string>("All", async (context, text) =>
        {
            var both = await Task.WhenAll(
                context.CallActivityAsync<string>("Append", $"{text}-a"), context.CallActivityAsync<string>("Append", $"{text}-b"));
            await context.CreateTimer(TimeSpan.FromMilliseconds(1));
            await context.WaitForExternalEventAsync<object>("Go", Timeout.InfiniteTimeSpan);
            var options = new ChildWorkflowTaskOptions($"{context.InstanceId}-child");
            return string.Concat(both) + await context.CallChildWorkflowAsync<string>("Child", " child", options);
        });
    });
}
