using System.Collections.Concurrent;
using Dapr.Client.Autogen.Grpc.v1;
using Dapr.DurableTask.Protobuf;
using Google.Protobuf;
using Grpc.Core;

namespace Local.Tests.Sidecars;

public class CrashTests
{
    private const int Rounds = 3;
    private const int Clients = 8;

    private static readonly TestApp App = new("orchestrator");
    private readonly ConcurrentBag<string> runs = [];
    private readonly ConcurrentDictionary<string, string> states = [];
    private TaskCompletionSource loaded = new();
    private int acknowledged;
    private int target;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sidecar_KilledUnderLoad_LosesNothingAcknowledged()
    {
        await using var layout = new RunningSidecar([App]);
        for (var round = 0; round < Rounds; round++)
        {
            using var process = await SidecarProcess.StartAsync(layout);
            await using var worker = NewWorker(layout);
            target = acknowledged + 40;
            loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var clients = Enumerable.Range(0, Clients).Select(i => LoadAsync(layout, $"{round}-{i}", stopping.Token)).ToArray();
            await Task.WhenAny([loaded.Task, .. clients]);
            await process.KillAsync();
            await stopping.CancelAsync();
            await Task.WhenAll(clients);
            layout.DropChannels();
        }

        using var last = await SidecarProcess.StartAsync(layout);
        await using var finisher = NewWorker(layout);
        foreach (var id in runs)
        {
            Assert.Equal("done 3", await OutputOfAsync(layout, id));
        }

        foreach (var (key, value) in states)
        {
            var found = await layout.Dapr(App)
                .GetStateAsync(new GetStateRequest { StoreName = "statestore", Key = key }, cancellationToken: Token);
            Assert.Equal(value, found.Data.ToStringUtf8());
        }

        Assert.True(runs.Count + states.Count >= Rounds * 40);
    }

    // On a busy machine the sidecar may give up a connection that does not answer its pings in time.
    private static async Task<string> OutputOfAsync(RunningSidecar layout, string id)
    {
        while (true)
        {
            try
            {
                var request = new GetInstanceRequest { InstanceId = id, GetInputsAndOutputs = true };
                return (await layout.Workflows(App).WaitForInstanceCompletionAsync(request, cancellationToken: Token)).WorkflowState.Output;
            }
            catch (RpcException broken) when (broken.StatusCode is StatusCode.Internal or StatusCode.Unavailable)
            {
                Token.ThrowIfCancellationRequested();
            }
        }
    }

    private static TestWorker NewWorker(RunningSidecar layout) =>
        new(layout.Workflows(App), stateful: true) { Workflow = history => WorkflowTests.Sequence(history, 3) };

    private async Task LoadAsync(RunningSidecar layout, string name, CancellationToken cancellationToken)
    {
        try
        {
            for (var i = 0; !cancellationToken.IsCancellationRequested; i++)
            {
                var id = $"run-{name}-{i}";
                await layout.Workflows(App).StartInstanceAsync(
                    new CreateInstanceRequest { InstanceId = id, Name = "sequence" }, cancellationToken: cancellationToken);
                runs.Add(id);
                var state = new StateItem { Key = id, Value = ByteString.CopyFromUtf8(id) };
                await layout.Dapr(App).SaveStateAsync(
                    new SaveStateRequest { StoreName = "statestore", States = { state } }, cancellationToken: cancellationToken);
                states[id] = id;
                if (Interlocked.Add(ref acknowledged, 2) >= target)
                {
                    loaded.TrySetResult();
                }
            }
        }
        catch (RpcException)
        {
            // The sidecar was killed: what was asked last is not acknowledged.
        }
    }
}
