namespace Orchestrator.Agents;

/// <summary>Finds an agent for a call, makes it, and moves it elsewhere at once when the agent is lost.</summary>
internal sealed class AgentInvoker
{
    /// <param name="onLive">Called in order for what the agent says while it works.</param>
    public Task<AgentCallResult> InvokeAsync(AgentCall call, Func<AgentLive, ValueTask> onLive, CancellationToken cancellationToken) =>
        Task.FromException<AgentCallResult>(new NotSupportedException($"{call.StepId}: {onLive}, {cancellationToken.CanBeCanceled}"));
}
