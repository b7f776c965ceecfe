using System.Text;
using System.Text.Json;
using Dapr.Jobs.Models;

namespace Dapr.Jobs.Extensions;

/// <summary>Schedules jobs with payloads that are not bytes.</summary>
public static class DaprJobsSerializationExtensions
{
    /// <summary>Schedules a job whose triggers carry a value as JSON; see <see cref="DaprJobsClient.ScheduleJobAsync"/>.</summary>
    public static Task ScheduleJobWithPayloadAsync(
        this DaprJobsClient client,
        string jobName,
        DaprJobSchedule schedule,
        object payload,
        DateTime? startingFrom = null,
        int? repeats = null,
        JsonSerializerOptions? jsonSerializerOptions = null,
        DateTimeOffset? ttl = null,
        bool overwrite = false,
        IJobFailurePolicyOptions? failurePolicyOptions = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(payload);
        var json = JsonSerializer.SerializeToUtf8Bytes(payload, jsonSerializerOptions ?? JsonSerializerOptions.Web);
        return client.ScheduleJobAsync(
            jobName, schedule, json, startingFrom, repeats, ttl, overwrite, failurePolicyOptions, cancellationToken);
    }

    /// <summary>Schedules a job whose triggers carry a text as it is; see <see cref="DaprJobsClient.ScheduleJobAsync"/>.</summary>
    public static Task ScheduleJobWithPayloadAsync(
        this DaprJobsClient client,
        string jobName,
        DaprJobSchedule schedule,
        string payload,
        DateTime? startingFrom = null,
        int? repeats = null,
        DateTimeOffset? ttl = null,
        bool overwrite = false,
        IJobFailurePolicyOptions? failurePolicyOptions = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(payload);
        var text = Encoding.UTF8.GetBytes(payload);
        return client.ScheduleJobAsync(
            jobName, schedule, text, startingFrom, repeats, ttl, overwrite, failurePolicyOptions, cancellationToken);
    }
}
