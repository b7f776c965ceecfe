using Microsoft.Extensions.Options;
using Orchestrator.Agents;
using Orchestrator.Runs;

namespace Orchestrator.Dispatch;

/// <summary>Has an agent make one attempt; <see cref="AgentInvoker.InvokeAsync"/> outside of tests.</summary>
internal delegate Task<AgentCallResult> AgentCaller(AgentCall call, Func<AgentLive, ValueTask> onLive, CancellationToken cancellationToken);

/// <summary>Gives an attempt a slot and an agent, waits a moment for either, and says "not now" when there is none.</summary>
internal sealed class AttemptDispatcher(
    AttemptSlots slots, AgentCaller agents, LiveEventPublisher live, IOptions<DispatchOptions> options, TimeProvider clock)
{
    // A refusal by an agent is often over as soon as its current call is.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    public async Task<AgentCallResult> CallAsync(AgentCall call, int priority, DateTimeOffset queuedAt, CancellationToken cancellationToken)
    {
        var deadline = clock.GetUtcNow() + options.Value.LongestWait;
        while (true)
        {
            var result = await CallOnceAsync(call, priority, queuedAt, deadline, cancellationToken);
            if (result is not AgentCallResult.NotNow wait)
            {
                return result;
            }

            var pause = wait.RetryAfter > ShortestPause ? wait.RetryAfter : ShortestPause;
            if (clock.GetUtcNow() + pause >= deadline || !await slots.PauseAsync(pause, cancellationToken))
            {
                return wait;
            }
        }
    }

    private async Task<AgentCallResult> CallOnceAsync(
        AgentCall call, int priority, DateTimeOffset queuedAt, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var left = deadline - clock.GetUtcNow();
        using var slot = await slots.TakeAsync(call.Tenant, priority, queuedAt, left, cancellationToken);
        if (slot is null)
        {
            return new AgentCallResult.NotNow("no_slot", "the orchestrator is busy", options.Value.LongestWait);
        }

        await using var says = live.Open(call);
        var result = await agents(call with { Priority = priority }, says.SayAsync, cancellationToken);
        if (result is AgentCallResult.Failed failed)
        {
            says.SayFailed(failed);
        }

        return result;
    }
}
