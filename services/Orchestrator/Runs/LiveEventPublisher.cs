using System.Threading.Channels;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orchestration.Contracts;
using Orchestrator.Agents;
using Contract = Orchestration.Contracts.Agents;

namespace Orchestrator.Runs;

/// <summary>Publishes what agents say while they work. Nobody depends on it: what cannot be published in time is dropped.</summary>
internal sealed partial class LiveEventPublisher(RunTopic topic, TimeProvider clock, ILogger<LiveEventPublisher> logger)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public LiveEvents Open(AgentCall call) => new(call, clock, PublishAsync);

    private async Task PublishAsync(AgentCall call, IReadOnlyList<RunEvent> events)
    {
        try
        {
            await topic.PublishAsync(Guid.NewGuid().ToString("n"), new RunEvents { Events = { events } }, Limit, CancellationToken.None);
        }
#pragma warning disable CA1031 // Live events are a courtesy; the attempt must not suffer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogDropped(logger, exception, call.RunId, call.StepId, events.Count);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Run {RunId}, step {StepId}: {Count} live events were dropped.")]
    private static partial void LogDropped(ILogger logger, Exception exception, string runId, string stepId, int count);
}

/// <summary>The live events of one attempt: in order, several to a message when they come fast. Not numbered (sequence 0).</summary>
internal sealed class LiveEvents : IAsyncDisposable
{
    private const int Buffered = 256;

    private readonly AgentCall _call;
    private readonly TimeProvider _clock;
    private readonly Channel<RunEvent> _events = Channel.CreateBounded<RunEvent>(new BoundedChannelOptions(Buffered)
    {
        FullMode = BoundedChannelFullMode.DropOldest,
        SingleReader = true,
    });

    private readonly Task _sending;
    private bool _hasStarted;

    public LiveEvents(AgentCall call, TimeProvider clock, Func<AgentCall, IReadOnlyList<RunEvent>, Task> publish)
    {
        _call = call;
        _clock = clock;
        _sending = SendAsync(publish);
    }

    public ValueTask SayAsync(AgentLive said)
    {
        var live = NewEvent(TypeOf(said));
        switch (said)
        {
            case AgentLive.Started started:
                live.StepStarted = new StepStarted { AgentId = started.AgentId, AppId = started.AppId, InstanceId = started.InstanceId };
                _hasStarted = true;
                break;
            case AgentLive.Progress progress:
                live.Progress = new Contract.Progress { Percent = progress.Percent, Message = progress.Message };
                break;
            case AgentLive.Insight insight:
                live.Insight = new Contract.Insight { Type = insight.Type, Data = ByteString.CopyFrom(insight.Data.Span) };
                break;
            case AgentLive.Token token:
                live.Token = new Contract.Token { Text = token.Text };
                break;
        }

        _events.Writer.TryWrite(live);
        return ValueTask.CompletedTask;
    }

    public void SayFailed(AgentCallResult.Failed failed)
    {
        var live = NewEvent("agent:error");
        live.StepEnded = new StepEnded
        {
            State = StepState.Unspecified,
            AgentId = failed.AgentId,
            AppId = failed.AppId,
            Failure = RunEventMapping.MapFailure(failed.Failure),
            DurationMs = (long)failed.Duration.TotalMilliseconds,
        };
        _events.Writer.TryWrite(live);
    }

    public async ValueTask DisposeAsync()
    {
        _events.Writer.Complete();
        await _sending;
    }

    private string TypeOf(AgentLive said) => said switch
    {
        AgentLive.Started => _hasStarted ? "step:rerouted" : "step:started",
        AgentLive.Insight => "agent:insight",
        _ => "step:progress",
    };

    private RunEvent NewEvent(string type) => new()
    {
        Tenant = _call.Tenant,
        RunId = _call.RunId,
        RootRunId = _call.RootRunId,
        Time = Timestamp.FromDateTimeOffset(_clock.GetUtcNow()),
        Type = type,
        StepId = _call.StepId,
        Attempt = _call.Attempt,
    };

    private async Task SendAsync(Func<AgentCall, IReadOnlyList<RunEvent>, Task> publish)
    {
        while (await _events.Reader.WaitToReadAsync())
        {
            var batch = new List<RunEvent>();
            while (_events.Reader.TryRead(out var live))
            {
                batch.Add(live);
            }

            await publish(_call, batch);
        }
    }
}
