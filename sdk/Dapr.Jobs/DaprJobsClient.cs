using Dapr.Common;
using Dapr.Jobs.Models;
using Dapr.Jobs.Models.Responses;

namespace Dapr.Jobs;

/// <summary>
/// Schedules jobs of this app, which the sidecar keeps and triggers. Make one client and share it: it is safe for parallel use. What the
/// sidecar refuses is a <see cref="DaprException"/>.
/// </summary>
public abstract class DaprJobsClient : IDaprClient
{
    internal DaprJobsClient()
    {
    }

    /// <summary>Schedules a job.</summary>
    /// <param name="jobName">Its name within the app: lower-case letters, digits and <c>-_:.</c></param>
    /// <param name="schedule">When it is triggered.</param>
    /// <param name="payload">What each trigger carries.</param>
    /// <param name="startingFrom">When the schedule begins; null begins at once.</param>
    /// <param name="repeats">Number of triggers, not negative; null has no limit.</param>
    /// <param name="ttl">When the job ends, later than <paramref name="startingFrom"/>; null never ends.</param>
    /// <param name="overwrite">Whether a job of the same name is replaced; else it is an error.</param>
    /// <param name="failurePolicyOptions">
    /// What to do when the app does not take a trigger; null tries three times more, a second apart.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    public abstract Task ScheduleJobAsync(
        string jobName,
        DaprJobSchedule schedule,
        ReadOnlyMemory<byte>? payload = null,
        DateTimeOffset? startingFrom = null,
        int? repeats = null,
        DateTimeOffset? ttl = null,
        bool overwrite = false,
        IJobFailurePolicyOptions? failurePolicyOptions = null,
        CancellationToken cancellationToken = default);

    /// <summary>Reads a job. One that does not exist is an error.</summary>
    public abstract Task<DaprJobDetails> GetJobAsync(string jobName, CancellationToken cancellationToken = default);

    /// <summary>Deletes a job, if there is one.</summary>
    public abstract Task DeleteJobAsync(string jobName, CancellationToken cancellationToken = default);

    /// <summary>Ends the client.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the client holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
