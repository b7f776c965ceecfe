using System.Collections.Concurrent;
using Dapr.Client.Autogen.Grpc.v1;
using Microsoft.Data.Sqlite;
using Sidecar.Apps;

namespace Sidecar.Jobs;

/// <summary>Runs the jobs of all apps: one trigger of a job at a time, kept until the app can be reached.</summary>
internal sealed partial class JobScheduler(
    JobStore store, AppDirectory apps, JobTrigger trigger, TimeProvider clock, ILogger<JobScheduler> logger)
    : IHostedService, IAsyncDisposable
{
    // Waits are cut into pieces: timers have a longest time, and clocks are set.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan AgainAfterFailure = TimeSpan.FromSeconds(1);
    private const uint DefaultRetries = 3;

    private readonly ConcurrentDictionary<JobKey, RunningJob> jobs = new();
    private readonly SemaphoreSlim changing = new(1, 1);
    private readonly CancellationTokenSource stopping = new();
    private bool disposed;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var job in store.ReadAll())
        {
            Run(job);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await Task.WhenAll(jobs.Values.Select(job => job.Task));
    }

    public async ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref disposed, true))
        {
            await StopAsync(CancellationToken.None);
            changing.Dispose();
            stopping.Dispose();
        }
    }

    /// <summary>Returns when the job is on disk.</summary>
    /// <exception cref="JobExistsException">The name is in use and is not to be taken over.</exception>
    public Task AddAsync(StoredJob job, bool overwrite, CancellationToken cancellationToken) => ChangeAsync(
        async () =>
        {
            await store.AddAsync(job, overwrite, CancellationToken.None);
            Stop(job.Key);
            Run(job);
        },
        cancellationToken);

    public Task DeleteAsync(JobKey key, CancellationToken cancellationToken) => ChangeAsync(
        async () =>
        {
            await store.DeleteAsync(key, CancellationToken.None);
            Stop(key);
        },
        cancellationToken);

    public Job? Find(JobKey key) => jobs.TryGetValue(key, out var job) ? job.Definition : null;

    public IEnumerable<Job> Of(string appId) =>
        jobs.Where(job => job.Key.AppId == appId).OrderBy(job => job.Key.Name, StringComparer.Ordinal).Select(job => job.Value.Definition);

    // What is stored and what runs must not change places when two requests name the same job.
    private async Task ChangeAsync(Func<Task> change, CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            await change();
        }
        finally
        {
            changing.Release();
        }
    }

    private void Run(StoredJob job)
    {
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        var token = cancellation.Token;
        var known = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        jobs[job.Key] = new RunningJob(job.Definition, job.Generation, cancellation, RunAsync(job, known.Task, token));
        known.SetResult();
    }

    private void Stop(JobKey key)
    {
        if (jobs.TryRemove(key, out var job))
        {
            job.Cancellation.Cancel();
            job.Cancellation.Dispose();
        }
    }

    private void Forget(StoredJob job)
    {
        // Another may have taken its place.
        if (jobs.TryGetValue(job.Key, out var running) && running.Generation == job.Generation
            && jobs.TryRemove(KeyValuePair.Create(job.Key, running)))
        {
            running.Cancellation.Dispose();
        }
    }

    private async Task RunAsync(StoredJob job, Task known, CancellationToken cancellationToken)
    {
        await known;
        try
        {
            StoredJob? current = job;
            while (current is not null)
            {
                current = await RunOnceAsync(current, cancellationToken);
            }

            Forget(job);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping, deleted or replaced.
        }
#pragma warning disable CA1031 // A job that stops must say so; the others go on.
        catch (Exception error)
        {
            LogEnded(job.Key.Name, job.Key.AppId, error);
        }
#pragma warning restore CA1031
    }

    /// <summary>Waits for the next trigger, runs it, and keeps what is left of the job; null when nothing is.</summary>
    private async Task<StoredJob?> RunOnceAsync(StoredJob job, CancellationToken cancellationToken)
    {
        await WaitAsync(job.Next, cancellationToken);
        var expired = clock.GetUtcNow() >= job.Expires;
        if (!expired)
        {
            await TriggerAsync(job, cancellationToken);
        }

        var rest = expired ? null : job.AfterTrigger(clock.GetUtcNow());
        await KeepAsync(job, rest, cancellationToken);
        return rest;
    }

    private async Task WaitAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        for (var now = clock.GetUtcNow(); now < time; now = clock.GetUtcNow())
        {
            await Task.Delay(time - now < LongestWait ? time - now : LongestWait, clock, cancellationToken);
        }
    }

    private async Task TriggerAsync(StoredJob job, CancellationToken cancellationToken)
    {
        var (interval, retries) = Policy(job.Definition);
        for (uint attempt = 0; await TriggerOnceAsync(job, cancellationToken) == TriggerOutcome.Failed; attempt++)
        {
            LogFailed(job.Key.Name, job.Key.AppId, attempt + 1);
            if (attempt >= retries)
            {
                return;
            }

            await Task.Delay(interval, clock, cancellationToken);
        }
    }

    /// <summary>Waits for a replica that can be reached, for as long as it takes.</summary>
    private async Task<TriggerOutcome> TriggerOnceAsync(StoredJob job, CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var replica in apps.Candidates(job.Key.AppId))
            {
                var outcome = await trigger.RunAsync(replica, job.Definition, cancellationToken);
                if (outcome != TriggerOutcome.Unreachable)
                {
                    return outcome;
                }

                replica.MarkUnreachable();
            }

            using var found = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var replicas = apps.Of(job.Key.AppId).Where(replica => replica.HasChannel)
                .Select(replica => replica.WhenReachableAsync(found.Token));
            await await Task.WhenAny([.. replicas, Task.Delay(Timeout.InfiniteTimeSpan, found.Token)]);
            await found.CancelAsync();
        }
    }

    private async Task KeepAsync(StoredJob job, StoredJob? rest, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await (rest is null ? store.EndAsync(job, cancellationToken) : store.AdvanceAsync(rest, cancellationToken));
                return;
            }
            catch (SqliteException error)
            {
                // Going on without would trigger again after a restart what was counted as done.
                LogNotKept(job.Key.Name, error);
                await Task.Delay(AgainAfterFailure, clock, cancellationToken);
            }
        }
    }

    /// <summary>How long to wait after a failure, and how often to try again.</summary>
    private static (TimeSpan Interval, uint Retries) Policy(Job job) => job.FailurePolicy switch
    {
        null or { PolicyCase: JobFailurePolicy.PolicyOneofCase.None } => (AgainAfterFailure, DefaultRetries),
        { Drop: not null } => (TimeSpan.Zero, 0),
        { Constant: var constant } =>
            (constant.Interval?.ToTimeSpan() ?? TimeSpan.Zero, constant.HasMaxRetries ? constant.MaxRetries : uint.MaxValue),
    };

    [LoggerMessage(1, LogLevel.Warning, "Job {Name} of {App} failed at attempt {Attempt}")]
    private partial void LogFailed(string name, string app, uint attempt);

    [LoggerMessage(2, LogLevel.Error, "The progress of job {Name} could not be written; trying again")]
    private partial void LogNotKept(string name, Exception error);

    [LoggerMessage(3, LogLevel.Error, "Job {Name} of {App} cannot go on until the sidecar is started again")]
    private partial void LogEnded(string name, string app, Exception error);

    private sealed record RunningJob(Job Definition, string Generation, CancellationTokenSource Cancellation, Task Task);
}
