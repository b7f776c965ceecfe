using Xunit;

namespace Sdk.Tests.Dapr;

/// <summary>A sidecar that goes away and comes back.</summary>
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
}
