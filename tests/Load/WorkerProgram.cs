using Dapr.Workflow;
using Grpc.Net.Client;

namespace Load;

/// <summary>
/// The process that runs the workflows and their activities. Finds the sidecar by DAPR_GRPC_PORT, the agent by AGENT_PORT.
/// </summary>
internal static class WorkerProgram
{
    public const string ChainOf10 = "Chain";
    public const string Fan = "Fan";
    public const string Wide = "Wide";
    public const string Remote = "Remote";
    public const string Waiting = "Waiting";
    public const string Event = "go";

    private const string Add = "Add";
    private const string Call = "Call";
    private const int ChainLength = 10;
    private const int FanWidth = 20;
    private const int WideWidth = 500;

    public static async Task<int> RunAsync()
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{Environment.GetEnvironmentVariable("AGENT_PORT")}");
        var agent = new Steps.StepsClient(channel);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDaprWorkflow(options =>
        {
            options.RegisterActivity<int, int>(Add, (_, value) => Task.FromResult(value + 1));
            options.RegisterActivity<StepInput, int>(Call, async (_, step) =>
                (await agent.TakeAsync(new StepRequest { Value = step.Value, DelayMs = step.DelayMs })).Value);
            options.RegisterWorkflow<int, int>(ChainOf10, (context, _) => ChainAsync(value => context.CallActivityAsync<int>(Add, value)));
            options.RegisterWorkflow<int, int>(Remote, (context, delayMs) =>
                ChainAsync(value => context.CallActivityAsync<int>(Call, new StepInput(value, delayMs))));
            options.RegisterWorkflow<int, int>(Fan, FanAsync);
            options.RegisterWorkflow<int, int>(Wide, (context, _) => SideBySideAsync(context, WideWidth));
            options.RegisterWorkflow<int, int>(Waiting, (context, _) => context.WaitForExternalEventAsync<int>(Event));
        });
        using var host = builder.Build();
        await host.StartAsync();
        Console.WriteLine(Readiness.Line);
        await host.WaitForShutdownAsync();
        return 0;
    }

    private static async Task<int> ChainAsync(Func<int, Task<int>> step)
    {
        var value = 0;
        for (var i = 0; i < ChainLength; i++)
        {
            value = await step(value);
        }

        return value;
    }

    private static async Task<int> FanAsync(WorkflowContext context, int input)
    {
        var first = await context.CallActivityAsync<int>(Add, input);
        var sum = await SideBySideAsync(context, FanWidth);
        return await context.CallActivityAsync<int>(Add, first + sum);
    }

    private static async Task<int> SideBySideAsync(WorkflowContext context, int width)
    {
        var results = await Task.WhenAll(Enumerable.Range(0, width).Select(i => context.CallActivityAsync<int>(Add, i)));
        return results.Sum();
    }

    private sealed record StepInput(int Value, int DelayMs);
}
