using System.Collections.Concurrent;
using Dapr.Workflow;
using Dapr.Workflow.Client;
using Grpc.Core;
using Xunit;

namespace Sdk.Tests.Dapr;

/// <summary>The real worker and client with the development sidecar, with executions kept and with eviction after every turn.</summary>
public sealed class LiveWorkflowTests(LiveSidecar sidecar) : IClassFixture<LiveSidecar>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Workflow_EveryKindOfTask_Completes(bool evict)
    {
        var attempts = 0;
        await using var app = await WorkflowApp.StartAsync(sidecar, evict, options =>
        {
            options.RegisterActivity<int, int>("Double", (_, n) => Task.FromResult(2 * n));
            options.RegisterActivity<int, int>("Flaky", (_, n) =>
                Interlocked.Increment(ref attempts) < 3 ? throw new InvalidOperationException("not yet") : Task.FromResult(n));
            options.RegisterWorkflow<int, int>("Child", async (context, n) => await context.CallActivityAsync<int>("Double", n) + 1);
            options.RegisterWorkflow<int, string>("Main", async (context, n) =>
            {
                var doubled = await context.ProcessInParallelAsync(Enumerable.Range(0, 20), i => context.CallActivityAsync<int>("Double", i));
                var child = await context.CallChildWorkflowAsync<int>("Child", n);
                var retried = await context.CallActivityAsync<int>(
                    "Flaky", 5, new WorkflowTaskOptions(new WorkflowRetryPolicy(5, TimeSpan.FromMilliseconds(1))));
                await context.CreateTimer(TimeSpan.FromMilliseconds(1));
                context.SetCustomStatus("waiting");
                var answer = await context.WaitForExternalEventAsync<string>("Answer", TimeSpan.FromHours(1));
                return $"{doubled.Sum()} {child} {retried} {answer}";
            });
        });

        var id = await app.Client.ScheduleNewWorkflowAsync("Main", null, 20);
        await app.Client.RaiseEventAsync(id, "answer", "yes", Token);
        var state = await app.Client.WaitForWorkflowCompletionAsync(id, cancellation: Token);

        Assert.Equal(WorkflowRuntimeStatus.Completed, state.RuntimeStatus);
        Assert.Equal("380 41 5 yes", state.ReadOutputAs<string>());
        Assert.Equal(20, state.ReadInputAs<int>());
        Assert.Equal("waiting", state.ReadCustomStatusAs<string>());
        Assert.Contains(await app.Client.GetInstanceHistoryAsync(id, Token), e => e.EventType == WorkflowHistoryEventType.TimerFired);
        Assert.Contains(id, (await app.Client.ListInstanceIdsAsync(cancellation: Token)).InstanceIds);
        Assert.True(await app.Client.PurgeInstanceAsync(id, Token));
        Assert.False((await app.Client.GetWorkflowStateAsync(id, cancellation: Token)).Exists);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ContinueAsNew_ManyTimes_HasNewIdentifiersEachTime(bool evict)
    {
        var seen = new ConcurrentBag<string>();
        await using var app = await WorkflowApp.StartAsync(sidecar, evict, options =>
        {
            options.RegisterActivity<string, bool>("See", (context, guid) =>
            {
                seen.Add(guid);
                seen.Add(context.TaskExecutionKey);
                return Task.FromResult(true);
            });
            options.RegisterWorkflow<int, string>("Again", async (context, n) =>
            {
                await context.CallActivityAsync("See", context.NewGuid().ToString());
                var raised = await context.WaitForExternalEventAsync<int>("Next");
                if (raised < 5)
                {
                    context.ContinueAsNew(n + 1);
                }

                return $"{n} {raised}";
            });
        });

        var id = await app.Client.ScheduleNewWorkflowAsync("Again", $"again-{evict}", 1);
        for (var i = 1; i <= 5; i++)
        {
            await app.Client.RaiseEventAsync(id, "Next", i, Token);
        }

        Assert.Equal("5 5", (await app.Client.WaitForWorkflowCompletionAsync(id, cancellation: Token)).ReadOutputAs<string>());
        Assert.Equal(10, seen.Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Instance_SuspendedResumedTerminated_FollowsOrders(bool evict)
    {
        await using var app = await WorkflowApp.StartAsync(sidecar, evict, options =>
        {
            options.RegisterWorkflow<object?, string>("Wait", (context, _) => context.WaitForExternalEventAsync<string>("Go"));
        });

        var resumed = await app.Client.ScheduleNewWorkflowAsync("Wait");
        await app.Client.SuspendWorkflowAsync(resumed, "pause", Token);
        await app.Client.RaiseEventAsync(resumed, "Go", "went", Token);
        Assert.Equal(WorkflowRuntimeStatus.Suspended, (await app.Client.GetWorkflowStateAsync(resumed, cancellation: Token)).RuntimeStatus);
        await app.Client.ResumeWorkflowAsync(resumed, cancellation: Token);
        Assert.Equal("went", (await app.Client.WaitForWorkflowCompletionAsync(resumed, cancellation: Token)).ReadOutputAs<string>());

        var terminated = await app.Client.ScheduleNewWorkflowAsync("Wait");
        await app.Client.TerminateWorkflowAsync(terminated, "enough", Token);
        var state = await app.Client.WaitForWorkflowCompletionAsync(terminated, cancellation: Token);
        Assert.Equal((WorkflowRuntimeStatus.Terminated, "enough"), (state.RuntimeStatus, state.ReadOutputAs<string>()));
    }

    [Fact]
    public async Task Failures_OfWorkflowAndStart_AreTold()
    {
        await using var app = await WorkflowApp.StartAsync(sidecar, false, options =>
        {
            options.RegisterActivity<string, string>("Fail", (_, _) => throw new FormatException("odd"));
            options.RegisterWorkflow<object?, string>("Fails", (context, _) => context.CallActivityAsync<string>("Fail", "x"));
            options.RegisterWorkflow<object?, string>("Waits", (context, _) => context.WaitForExternalEventAsync<string>("Never"));
        });

        var id = await app.Client.ScheduleNewWorkflowAsync("Fails");
        var state = await app.Client.WaitForWorkflowCompletionAsync(id, cancellation: Token);
        Assert.Equal(WorkflowRuntimeStatus.Failed, state.RuntimeStatus);
        Assert.Contains("System.FormatException: odd", state.FailureDetails!.ErrorMessage, StringComparison.Ordinal);

        await app.Client.ScheduleNewWorkflowAsync("Waits", "once");
        var error = await Assert.ThrowsAsync<RpcException>(() => app.Client.ScheduleNewWorkflowAsync("Waits", "once"));
        Assert.Contains("already exists", error.Status.Detail, StringComparison.Ordinal);
        await app.Client.TerminateWorkflowAsync("once", cancellation: Token);
    }

    [Fact]
    public async Task Start_WithATime_ReturnsBeforeTheFirstTurn()
    {
        await using var app = await WorkflowApp.StartAsync(sidecar, false, options =>
            options.RegisterWorkflow<int, int>("Echo", (_, n) => Task.FromResult(n)));

        var id = await app.Client.ScheduleNewWorkflowAsync("Echo", null, 7, DateTimeOffset.UnixEpoch, Token);

        Assert.Equal(7, (await app.Client.WaitForWorkflowCompletionAsync(id, cancellation: Token)).ReadOutputAs<int>());
    }
}
