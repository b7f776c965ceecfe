using Orchestration.Domain.Execution;

namespace Orchestrator.Workflows;

/// <summary>
/// What has happened to a run, in the order it happened. Waiting for any of a thousand tasks costs no more than waiting for
/// one, and the order is that of the history, which is the same on every replay.
/// </summary>
internal sealed class Inbox
{
    private readonly Queue<ExecutionEvent> _events = new();
    private TaskCompletionSource? _arrival;
    private Exception? _bug;

    public void Add(ExecutionEvent happened)
    {
        _events.Enqueue(happened);
        var arrival = _arrival;
        _arrival = null;
        arrival?.SetResult();
    }

    public void Fail(Exception bug)
    {
        _bug ??= bug;
        _arrival?.TrySetResult();
    }

    public async Task<ExecutionEvent> NextAsync()
    {
        if (_events.Count == 0 && _bug is null)
        {
            // Continues inline, within the turn: a workflow must not leave its turn.
            _arrival = new TaskCompletionSource();
            await _arrival.Task;
        }

        return _bug is null ? _events.Dequeue() : throw new InvalidOperationException("the workflow has a bug", _bug);
    }
}
