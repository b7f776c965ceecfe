using Dapr.Workflow;
using Xunit;

namespace Sdk.Tests.Dapr;

/// <summary>A sidecar, or an app, that goes away and comes back.</summary>
public sealed class SidecarRestartTests(LiveSidecar sidecar) : IClassFixture<LiveSidecar>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sidecar_RestartedDuringAnActivity_GetsItsResultWithoutASecondRun(bool finishWhileAway)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var runs = 0;
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using var app = await WorkflowApp.StartAsync(sidecar, false, options =>
        {
            options.RegisterActivity<string, string>("Slow", async (_, text) =>
            {
                Interlocked.Increment(ref runs);
                started.TrySetResult();
                await finish.Task;
                return text.ToUpperInvariant();
            });
            options.RegisterWorkflow<string, string>("Restarted", async (context, text) => await context.CallActivityAsync<string>("Slow", text) + "!");
        });

        var id = await app.Client.ScheduleNewWorkflowAsync("Restarted", null, "done");
        await started.Task.WaitAsync(cancellation);
        await sidecar.StopAsync();
        if (finishWhileAway)
        {
            finish.SetResult();
        }

        await sidecar.StartAsync();
        finish.TrySetResult();
        var state = await app.Client.WaitForWorkflowCompletionAsync(id, cancellation: cancellation);

        Assert.Equal("DONE!", state.ReadOutputAs<string>());
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task App_StoppedDuringAnActivity_DeliversItsResultFirst()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var runs = 0;
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using var app = await WorkflowApp.StartAsync(sidecar, false, Configure);

        var id = await app.Client.ScheduleNewWorkflowAsync("Stopped", null, "done");
        await started.Task.WaitAsync(cancellation);
        var stopping = app.StopAsync(cancellation);
        finish.SetResult();
        await stopping;
        await using var next = await WorkflowApp.StartAsync(sidecar, false, Configure);
        await next.Client.RaiseEventAsync(id, "Go", cancellation: cancellation);
        var state = await next.Client.WaitForWorkflowCompletionAsync(id, cancellation: cancellation);

        Assert.Equal("done", state.ReadOutputAs<string>());
        Assert.Equal(1, runs);

        void Configure(WorkflowRuntimeOptions options)
        {
            options.RegisterActivity<string, string>("Slow", async (_, text) =>
            {
                Interlocked.Increment(ref runs);
                started.TrySetResult();
                await finish.Task;
                return text;
            });
            options.RegisterWorkflow<string, string>("Stopped", async (context, text) =>
            {
                var result = await context.CallActivityAsync<string>("Slow", text);
                await context.WaitForExternalEventAsync<object>("Go");
                return result;
            });
        }
    }
}
