using System.Text.RegularExpressions;
using Dapr.Client.Autogen.Grpc.v1;
using Grpc.Core;

namespace Sidecar.Jobs;

/// <summary>The jobs building block, for gRPC and HTTP.</summary>
internal sealed partial class JobApi(JobScheduler scheduler, TimeProvider clock)
{
    private const int LongestName = 253;

    public async Task ScheduleAsync(string appId, ScheduleJobRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await scheduler.AddAsync(Read(appId, request.Job ?? throw Wrong("job is required")), request.Overwrite, cancellationToken);
        }
        catch (JobExistsException error)
        {
            throw new RpcException(new Status(StatusCode.AlreadyExists, error.Message));
        }
    }

    public GetJobResponse Get(string appId, string name)
    {
        // Not NotFound: clients of the real one get this.
        var job = scheduler.Find(new JobKey(appId, Checked(name)))
            ?? throw new RpcException(new Status(StatusCode.Internal, $"job not found: {name}"));
        return new GetJobResponse { Job = job };
    }

    /// <summary>A job that does not exist is as good as deleted.</summary>
    public Task DeleteAsync(string appId, string name, CancellationToken cancellationToken) =>
        scheduler.DeleteAsync(new JobKey(appId, Checked(name)), cancellationToken);

    public async Task DeleteByPrefixAsync(string appId, string prefix, CancellationToken cancellationToken)
    {
        foreach (var job in scheduler.Of(appId).Where(job => job.Name.StartsWith(prefix, StringComparison.Ordinal)).ToArray())
        {
            await scheduler.DeleteAsync(new JobKey(appId, job.Name), cancellationToken);
        }
    }

    public IEnumerable<Job> List(string appId) => scheduler.Of(appId);

    private StoredJob Read(string appId, Job job)
    {
        Checked(job.Name);
        var now = clock.GetUtcNow();
        var schedule = !job.HasSchedule ? null
            : JobSchedule.TryParse(job.Schedule) ?? throw Wrong($"failed to parse schedule '{job.Schedule}'");
        var due = job.HasDueTime ? Time("due time", job.DueTime, now) : (DateTimeOffset?)null;
        var expires = job.HasTtl ? Time("ttl", job.Ttl, now) : (DateTimeOffset?)null;
        var first = due ?? schedule?.Next(now)
            ?? throw Wrong(schedule is null ? "schedule or due time is required" : $"schedule '{job.Schedule}' never comes");
        return first < expires || expires is null
            ? new StoredJob(new JobKey(appId, job.Name), job.Clone(), first) { Expires = expires }
            : throw Wrong($"ttl '{job.Ttl}' is before the first trigger");
    }

    private static DateTimeOffset Time(string what, string text, DateTimeOffset now) =>
        PointInTime.TryParse(text, now, out var time) ? time : throw Wrong($"failed to parse {what} '{text}'");

    private static string Checked(string name)
    {
        var plain = name.Length is > 0 and <= LongestName
            && name.Split("||").All(part => DnsName().IsMatch(Separators().Replace(part, "")));
        return plain ? name
            : throw Wrong(name.Length == 0
            ? "job name is required"
            : $"job name '{name}' must be made of lower-case letters, digits, '-', '_', ':' and '.'");
    }

    private static RpcException Wrong(string problem) => new(new Status(StatusCode.InvalidArgument, problem));

    [GeneratedRegex("[_: -]")]
    private static partial Regex Separators();

    [GeneratedRegex(@"^[a-z0-9]+(?:\.[a-z0-9]+)*$")]
    private static partial Regex DnsName();
}
