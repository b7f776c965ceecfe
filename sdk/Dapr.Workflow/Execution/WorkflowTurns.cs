using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Execution;

/// <summary>Gets the committed history of an instance from the sidecar.</summary>
internal delegate Task<IReadOnlyList<HistoryEvent>> FetchHistory(string instanceId, CancellationToken cancellationToken);

/// <summary>
/// Runs turns. Unlike the official worker, which runs the code from its start every turn, it keeps a running execution in memory between
/// turns: a turn then costs its new events. Where the history it is given does not continue the kept one, it replays.
/// </summary>
internal sealed class WorkflowTurns(ExecutionServices services, KeptExecutions kept, FetchHistory fetchHistory)
{
    /// <summary>Answers a turn. An exception means that the turn could not be run; it says nothing about the workflow.</summary>
    public async Task<WorkflowResponse> RunAsync(WorkflowRequest request, string completionToken, CancellationToken cancellationToken)
    {
        IReadOnlyList<HistoryEvent> past = request.PastEvents;
        var offset = request.CachedHistory?.EventCount ?? 0;
        var execution = kept.Take(request.InstanceId);
        if (execution?.Position.IsContinuedBy(past, offset) is false)
        {
            await execution.DisposeAsync();
            execution = null;
        }

        if (execution is null && (offset > 0 || request.RequiresHistoryStreaming))
        {
            past = await WholeHistoryAsync(request, offset, cancellationToken);
            offset = 0;
        }

        execution ??= new WorkflowExecution(RequestFacts.Of(request), services);
        var outcome = await TurnAsync(execution, past, offset, request.NewEvents);
        var given = outcome.HasEnded ? [execution] : kept.Keep(request.InstanceId, execution);
        foreach (var old in given)
        {
            await old.DisposeAsync();
        }

        return outcome.ToResponse(request.InstanceId, completionToken);
    }

    private static async Task<TurnOutcome> TurnAsync(
        WorkflowExecution execution, IReadOnlyList<HistoryEvent> past, int offset, IReadOnlyList<HistoryEvent> added)
    {
        try
        {
            return execution.Turn(past, offset, added);
        }
        catch
        {
            await execution.DisposeAsync();
            throw;
        }
    }

    private async Task<IReadOnlyList<HistoryEvent>> WholeHistoryAsync(WorkflowRequest request, int offset, CancellationToken cancellationToken)
    {
        var whole = await fetchHistory(request.InstanceId, cancellationToken);
        return whole.Count >= offset + request.PastEvents.Count
            ? whole
            : throw new InvalidOperationException(
                $"The history of '{request.InstanceId}' has {whole.Count} events, its turn speaks of {offset + request.PastEvents.Count}.");
    }
}
