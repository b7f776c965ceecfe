using System.Collections.Concurrent;
using Dapr.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Sdk.Tests.Dapr;

/// <summary>What workflow code may rely on, at the development sidecar, with executions kept and with eviction after every turn.</summary>
public sealed class LiveWorkflowCodeTests(LiveSidecar sidecar) : IClassFixture<LiveSidecar>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Classes_WithDependencies_LogOnceAndSeeTheSameIds(bool evict)
    {
        using var logs = new CollectedLogs();
        await using var app = await WorkflowApp.StartAsync(
            sidecar.GrpcEndpoint,
            evict,
            options =>
            {
                options.RegisterWorkflow<GreetingWorkflow>();
                options.RegisterWorkflow<GreetingWorkflow>("Other name");
                options.RegisterActivity<GreetActivity>();
                options.RegisterActivity<string, string>("greetactivity", (_, _) =>
                    throw new InvalidOperationException("The first registration stays."));
            },
            builder => builder.Services.AddSingleton(new Phrase("Hello")).AddLogging(logging => logging.AddProvider(logs)),
            null);

        var id = await app.Client.ScheduleNewWorkflowAsync("other NAME", null, "you");
        var output = (await app.Client.WaitForWorkflowCompletionAsync(id, cancellation: Token)).ReadOutputAs<Greeting>()!;

        Assert.Equal($"Hello you from {id}", output.Text);
        Assert.Equal(("other NAME", id, true), (output.Name, output.InstanceId, output.SameGuids));
        Assert.Equal(["by name: beginning", "GreetingWorkflow: half way", "GreetingWorkflow: done"], logs.Lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Patch_IntroducedWhileRunning_HoldsForNewInstancesOnly(bool evict)
    {
        await using var old = await WorkflowApp.StartAsync(sidecar, evict, options => Register(options, (_, _) => false));
        var running = await old.Client.ScheduleNewWorkflowAsync("Patched");
        await old.StopAsync(Token);
        await using var app = await WorkflowApp.StartAsync(sidecar, evict, options =>
            Register(options, (context, patch) => context.IsPatched(patch)));
        var started = await app.Client.ScheduleNewWorkflowAsync("Patched");

        Assert.Equal("old old", await FinishAsync(app, running));
        Assert.Equal("new new", await FinishAsync(app, started));

        static void Register(WorkflowRuntimeOptions options, Func<WorkflowContext, string, bool> isPatched) =>
            options.RegisterWorkflow<object?, string>("Patched", async (context, _) =>
            {
                var before = isPatched(context, "better") ? "new" : "old";
                await context.WaitForExternalEventAsync<object>("Go");
                return $"{before} {(isPatched(context, "better") ? "new" : "old")}";
            });

        static async Task<string?> FinishAsync(WorkflowApp app, string id)
        {
            await app.Client.RaiseEventAsync(id, "Go", cancellation: Token);
            return (await app.Client.WaitForWorkflowCompletionAsync(id, cancellation: Token)).ReadOutputAs<string>();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Waits_CancelledOrTimedOut_AreOver(bool evict)
    {
        await using var app = await WorkflowApp.StartAsync(sidecar, evict, options =>
        {
            options.RegisterActivity<string, string>("Echo", (_, text) => Task.FromResult(text));
            options.RegisterWorkflow<object?, string[]>("Waits", async (context, _) =>
            {
                using var cancellation = new CancellationTokenSource();
                Task[] cancelled =
                [
                    context.WaitForExternalEventAsync<string>("Never", cancellation.Token),
                    context.CreateTimer(context.CurrentUtcDateTime.AddHours(1), cancellation.Token),
                ];
                await context.CallActivityAsync("Echo", "x");
                cancellation.Cancel(); // its async sibling would go on outside the turn
                Task[] over =
                [
                    .. cancelled,
                    context.WaitForExternalEventAsync<string>("Never", cancellation.Token),
                    context.CreateTimer(TimeSpan.FromHours(1), cancellation.Token),
                    context.WaitForExternalEventAsync<string>("Never", TimeSpan.Zero),
                    context.WaitForExternalEventAsync<string>("Never", TimeSpan.FromMilliseconds(1)),
                    context.CreateTimer(context.CurrentUtcDateTime, CancellationToken.None),
                    context.CallActivityAsync("Echo", "x"),
                ];
                return await Task.WhenAll(over.Select(EndAsync));
            });
        });

        var id = await app.Client.ScheduleNewWorkflowAsync("Waits");
        var state = await app.Client.WaitForWorkflowCompletionAsync(id, cancellation: Token);

        Assert.Equal([.. Enumerable.Repeat("cancelled", 6), "done", "done"], state.ReadOutputAs<string[]>()!);

        static async Task<string> EndAsync(Task task)
        {
            try
            {
                await task;
                return "done";
            }
            catch (OperationCanceledException)
            {
                return "cancelled";
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Failures_OfChildrenAndActivities_AreCaughtAndRetried(bool evict)
    {
        var children = 0;
        await using var app = await WorkflowApp.StartAsync(sidecar, evict, options =>
        {
            options.RegisterActivity<string, string>("Fail", (_, text) => throw new FormatException(text, new ArgumentException("inner")));
            options.RegisterWorkflow<string, string>("FlakyChild", (_, text) =>
                Interlocked.Increment(ref children) < 3 ? throw new TimeoutException(text) : Task.FromResult(text));
            options.RegisterWorkflow<string, string>("BadChild", (_, text) => throw new TimeoutException(text));
            options.RegisterWorkflow<object?, string[]>("Parent", async (context, _) =>
            {
                var policy = new WorkflowRetryPolicy(
                    3, TimeSpan.FromMilliseconds(1), 2.0, TimeSpan.FromMilliseconds(2), TimeSpan.FromHours(1));
                var retried = await context.CallChildWorkflowAsync<string>(
                    "FlakyChild", "third time", new ChildWorkflowTaskOptions(RetryPolicy: policy));
                return
                [
                    retried,
                    await FailureAsync<FormatException>(context.CallActivityAsync("Fail", "odd", new WorkflowTaskOptions(policy))),
                    await FailureAsync<SystemException>(context.CallChildWorkflowAsync("BadChild", "late")),
                    await FailureAsync<Exception>(context.CallActivityAsync("Unknown")),
                    await FailureAsync<Exception>(context.CallChildWorkflowAsync("Unknown")),
                ];
            });
        });

        var id = await app.Client.ScheduleNewWorkflowAsync("Parent");
        var output = (await app.Client.WaitForWorkflowCompletionAsync(id, cancellation: Token)).ReadOutputAs<string[]>()!;

        Assert.Equal(
            [
                "third time", "System.FormatException odd True", "System.TimeoutException late True",
                "ActivityNotFoundException", "WorkflowNotFound",
            ],
            [output[0], output[1], output[2], output[3].Split(' ')[0], output[4].Split(' ')[0]]);
    }

    [Fact]
    public async Task EventToAnotherInstance_Sent_IsRefusedByTheSidecar()
    {
        await using var app = await WorkflowApp.StartAsync(sidecar, false, options =>
            options.RegisterWorkflow<object?, string>("Sends", (context, _) =>
            {
                context.SendEvent("other", "Go", 1);
                return Task.FromResult("sent");
            }));

        var id = await app.Client.ScheduleNewWorkflowAsync("Sends");
        var state = await app.Client.WaitForWorkflowCompletionAsync(id, cancellation: Token);

        Assert.Equal((WorkflowRuntimeStatus.Failed, "UnsupportedAction"), (state.RuntimeStatus, state.FailureDetails!.ErrorType));
    }

    private static async Task<string> FailureAsync<T>(Task task) where T : Exception
    {
        try
        {
            await task;
            return "no failure";
        }
        catch (WorkflowTaskFailedException e)
        {
            return $"{e.FailureDetails.ErrorType} {e.FailureDetails.ErrorMessage} {e.FailureDetails.IsCausedBy<T>()}";
        }
    }

    private sealed record Phrase(string Text);

    private sealed record Greeting(string Text, string Name, string InstanceId, bool SameGuids);

    private sealed class GreetingWorkflow(Phrase phrase) : Workflow<string, Greeting>
    {
        public override async Task<Greeting> RunAsync(WorkflowContext context, string input)
        {
            context.CreateReplaySafeLogger("by name").LogWarning("beginning");
            Guid[] ids = [context.NewGuid(), context.NewGuid()];
            var text = await context.CallActivityAsync<string>("GreetActivity", $"{phrase.Text} {input}");
            context.CreateReplaySafeLogger<GreetingWorkflow>().LogWarning("half way");
            var echoed = await context.CallActivityAsync<string>("GreetActivity", $"{ids[0]}{ids[1]}");
            var logger = context.CreateReplaySafeLogger(GetType());
            using (logger.BeginScope("scope"))
            {
                logger.LogWarning("done");
            }

            var same = ids[0] != ids[1] && echoed.StartsWith($"{ids[0]}{ids[1]}", StringComparison.Ordinal);
            return new Greeting(text, context.Name, context.InstanceId, same);
        }
    }

    private sealed class GreetActivity(Phrase phrase) : WorkflowActivity<string, string>
    {
        public override Task<string> RunAsync(WorkflowActivityContext context, string input)
        {
            Assert.Equal(("Hello", "GreetActivity"), (phrase.Text, context.Identifier.Name));
            return Task.FromResult($"{input} from {context.InstanceId}");
        }
    }

    private sealed class CollectedLogs : ILoggerProvider
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => new Collector(categoryName.Split('.', '+')[^1], _lines);

        public void Dispose()
        {
        }

        private sealed class Collector(string category, ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => category is "by name" or nameof(GreetingWorkflow);

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (IsEnabled(logLevel))
                {
                    lines.Enqueue($"{category}: {formatter(state, exception)}");
                }
            }
        }
    }
}
