using System.Collections.Concurrent;
using System.Globalization;
using Grpc.Core;
using Orchestration.Contracts.Agents;
using Orchestration.Domain.Failures;
using Orchestration.Hosting.Errors;
using Orchestration.Hosting.Sidecar;
using Orchestrator.Agents.Registry;
using Failure = Orchestration.Domain.Failures.Failure;
using FailureClass = Orchestration.Domain.Failures.FailureClass;

namespace Orchestrator.Agents;

/// <summary>Makes one call to one agent through the sidecar; the only place that knows the agent stub.</summary>
internal sealed partial class AgentClient(SidecarChannel sidecar, SilenceWatch silence, ILogger<AgentClient> logger)
{
    private const string InstanceHeader = "agent-instance";
    private const string KeepAliveHeader = "keepalive-ms";

    // Agents whose signs of life come too seldom, each of which is warned of once.
    private readonly ConcurrentDictionary<AgentKey, byte> rare = new();

    /// <param name="deadline">UTC; the agent sees it too.</param>
    /// <param name="onLive">Called in order for what the agent says meanwhile.</param>
    /// <exception cref="OperationCanceledException">Only when <paramref name="cancellationToken"/> asked for it; the agent is
    /// told.</exception>
    public async Task<AgentAnswer> ExecuteAsync(
        AgentKey agent, AgentCall call, DateTime deadline, Func<AgentLive, ValueTask> onLive, CancellationToken cancellationToken)
    {
        var request = call.ToProto(agent.AgentId);
        if (request.CalculateSize() > SidecarChannel.LargestMessage)
        {
            return TooLarge($"The input is larger than the {SidecarChannel.LargestMessage >> 20} MiB that an agent takes; hand it over as a blob.", "");
        }

        using var watched = silence.Watch();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, watched.Silent);
        var client = new AgentService.AgentServiceClient(sidecar.To(agent.AppId));
        var headers = new Metadata { { "priority", call.Priority.ToString(CultureInfo.InvariantCulture) } };
        using var stream = client.Execute(request, new CallOptions(headers, deadline, either.Token));
        var instance = "";
        try
        {
            var accepted = await stream.ResponseHeadersAsync;
            instance = accepted.GetValue(InstanceHeader) ?? "";
            watched.Heard();
            if (!GivesSigns(agent, accepted))
            {
                watched.Relax();
            }

            if (instance.Length > 0)
            {
                await onLive(new AgentLive.Started(agent.AgentId, agent.AppId, instance));
            }

            return await ReadAsync(stream.ResponseStream, call.Attempt, watched, instance, onLive, either.Token);
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return AnswerTo(exception, instance, watched.Silent.IsCancellationRequested);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new AgentAnswer.Lost("it fell silent", instance);
        }
    }

    /// <summary>True when the agent promises signs of life so often that their absence tells something.</summary>
    private bool GivesSigns(AgentKey agent, Metadata accepted)
    {
        if (!int.TryParse(accepted.GetValue(KeepAliveHeader), CultureInfo.InvariantCulture, out var interval) || interval <= 0)
        {
            return false;
        }

        if (silence.Fits(TimeSpan.FromMilliseconds(interval)))
        {
            return true;
        }

        // Taken for lost, its quiet calls would be made, and paid, again and again.
        if (rare.TryAdd(agent, 0))
        {
            LogRare(logger, agent, interval);
        }

        return false;
    }

    private static async Task<AgentAnswer> ReadAsync(
        IAsyncStreamReader<ExecuteResponse> stream,
        int attempt,
        SilenceWatch.Watched watched,
        string instance,
        Func<AgentLive, ValueTask> onLive,
        CancellationToken cancellationToken)
    {
        while (await stream.MoveNext(cancellationToken))
        {
            watched.Heard();
            var message = stream.Current;
            switch (message.EventCase)
            {
                case ExecuteResponse.EventOneofCase.Result:
                    return new AgentAnswer.Result(message.Result.Output.Memory, message.Result.Costs.ToDomain(attempt), instance);
                case ExecuteResponse.EventOneofCase.Failure:
                    return new AgentAnswer.Failed(message.Failure.ToDomain(), message.Failure.Costs.ToDomain(attempt), instance);
                default:
                    if (message.ToLive() is { } live)
                    {
                        await onLive(live);
                    }

                    break;
            }
        }

        return new AgentAnswer.Failed(
            new Failure("no_result", FailureClass.System, "The agent ended the call with neither result nor failure.", Retryable: true), [], instance);
    }

    private static AgentAnswer AnswerTo(RpcException exception, string instance, bool silent)
    {
        // An agent says by a trailer that the status is its own word; a bare one may be the sidecar's or the connection's.
        var spoken = exception.Trailers.GetValue(FailureMapping.CodeTrailer) is not null
            || exception.Trailers.GetValue(FailureMapping.RetryAfterTrailer) is not null;
        return exception.StatusCode switch
        {
            _ when silent => new AgentAnswer.Lost("it fell silent", instance),
            StatusCode.ResourceExhausted or StatusCode.NotFound when spoken && instance.Length == 0 =>
                new AgentAnswer.Refused(FailureMapping.FromRpc(exception)),
            StatusCode.ResourceExhausted when !spoken =>
                TooLarge($"The input or the result is too large: {FailureMapping.ReasonOf(exception.Status)}", instance),
            StatusCode.NotFound when !spoken => new AgentAnswer.Lost(FailureMapping.ReasonOf(exception.Status), instance),
            StatusCode.Unavailable => new AgentAnswer.Lost(FailureMapping.ReasonOf(exception.Status), instance),
            StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled when !spoken
                && (instance.Length == 0 || IsConnection(exception)) =>
                new AgentAnswer.Lost(FailureMapping.ReasonOf(exception.Status), instance),
            StatusCode.DeadlineExceeded => new AgentAnswer.Failed(
                FailureMapping.Create(FailureCode.Timeout, "The attempt took longer than its timeout."), [], instance),
            _ => new AgentAnswer.Failed(FailureMapping.FromRpc(exception), [], instance),
        };
    }

    private static AgentAnswer.Failed TooLarge(string message, string instance) =>
        new(new Failure("too_large", FailureClass.Permanent, message, Retryable: false), [], instance);

    private static bool IsConnection(RpcException exception) =>
        exception.StatusCode == StatusCode.Cancelled || exception.Status.DebugException is IOException or HttpRequestException;

    [LoggerMessage(1, LogLevel.Warning,
        "{Agent} gives a sign of life every {Interval} ms only (keepalive-ms), too seldom to notice by it that it is frozen: its calls are lost only by a broken connection or their timeout.")]
    private static partial void LogRare(ILogger logger, AgentKey agent, int interval);
}
