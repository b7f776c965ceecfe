namespace Dapr.Workflow;

/// <summary>Fan-out with a limit.</summary>
public static class ParallelExtensions
{
    /// <summary>Runs a task for each input, at most <paramref name="maxConcurrency"/> at once, each next one as soon as one has ended.</summary>
    /// <returns>The results in the order of the inputs.</returns>
    /// <exception cref="AggregateException">Some tasks failed; the others have run to their end.</exception>
    public static async Task<TResult[]> ProcessInParallelAsync<TInput, TResult>(
        this WorkflowContext context,
        IEnumerable<TInput> inputs,
        Func<TInput, Task<TResult>> taskFactory,
        int maxConcurrency = 5)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(taskFactory);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxConcurrency);

        var all = new List<Task<TResult>>();
        var running = new List<Task>();
        foreach (var input in inputs)
        {
            if (running.Count == maxConcurrency)
            {
                running.Remove(await Task.WhenAny(running));
            }

            var task = taskFactory(input);
            all.Add(task);
            running.Add(task);
        }

        while (running.Count > 0)
        {
            running.Remove(await Task.WhenAny(running));
        }

        var errors = all.Where(t => t.IsFaulted).SelectMany(t => t.Exception!.InnerExceptions).ToList();
        return errors.Count > 0 ? throw new AggregateException(errors) : await Task.WhenAll(all);
    }
}
