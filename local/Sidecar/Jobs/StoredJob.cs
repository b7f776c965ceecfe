using Dapr.Client.Autogen.Grpc.v1;

namespace Sidecar.Jobs;

/// <summary>Names a job: every app has its own.</summary>
internal readonly record struct JobKey(string AppId, string Name);

/// <summary>A job as it was asked for, and how far it has come.</summary>
internal sealed record StoredJob(JobKey Key, Job Definition, DateTimeOffset Next)
{
    /// <summary>How often it has been triggered.</summary>
    public long Count { get; init; }

    /// <summary>No trigger from here on.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Tells a job from one of the same name that took its place.</summary>
    public string Generation { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>The job after a trigger; null when it was the last.</summary>
    public StoredJob? AfterTrigger(DateTimeOffset now)
    {
        if (!Definition.HasSchedule || (Definition.HasRepeats && Count + 1 >= Definition.Repeats))
        {
            return null;
        }

        var next = JobSchedule.TryParse(Definition.Schedule)?.NextFrom(Next, now);
        return next is { } time && !(time >= Expires) ? this with { Next = time, Count = Count + 1 } : null;
    }
}
