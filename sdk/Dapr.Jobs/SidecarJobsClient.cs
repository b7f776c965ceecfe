using System.Globalization;
using Dapr.Common.Connection;
using Dapr.Jobs.Models;
using Dapr.Jobs.Models.Responses;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Wire = Dapr.Client.Autogen.Grpc.v1;

namespace Dapr.Jobs;

/// <summary>The client over the sidecar's gRPC API. A call that is cancelled says so, which the official client keeps to itself.</summary>
internal sealed class SidecarJobsClient(GrpcChannel channel, CallInvoker invoker) : DaprJobsClient
{
    private const string PayloadType = "dapr.io/schedule/jobpayload";

    private readonly Wire.Dapr.DaprClient _sidecar = new(invoker);
    private readonly RenamedMethods _methods = new();

    public override async Task ScheduleJobAsync(
        string jobName,
        DaprJobSchedule schedule,
        ReadOnlyMemory<byte>? payload = null,
        DateTimeOffset? startingFrom = null,
        int? repeats = null,
        DateTimeOffset? ttl = null,
        bool overwrite = false,
        IJobFailurePolicyOptions? failurePolicyOptions = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobName);
        ArgumentNullException.ThrowIfNull(schedule);
        if (ttl <= startingFrom)
        {
            throw new ArgumentException("A job has to end after it begins.", nameof(ttl));
        }

        var job = new Wire.Job { Name = jobName, FailurePolicy = ToWire(failurePolicyOptions) };
        SetTimes(job, schedule, startingFrom, ttl);
        if (repeats is { } count)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(repeats));
            job.Repeats = (uint)count;
        }

        if (payload is { } data)
        {
            job.Data = new Any { TypeUrl = PayloadType, Value = ByteString.CopyFrom(data.Span) };
        }

        var request = new Wire.ScheduleJobRequest { Job = job, Overwrite = overwrite };
        await _methods.CallAsync(
            "Scheduling the job",
            () => _sidecar.ScheduleJobAsync(request, cancellationToken: cancellationToken),
            () => _sidecar.ScheduleJobAlpha1Async(request, cancellationToken: cancellationToken));
    }

    public override async Task<DaprJobDetails> GetJobAsync(string jobName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobName);
        var request = new Wire.GetJobRequest { Name = jobName };
        var response = await _methods.CallAsync(
            "Reading the job",
            () => _sidecar.GetJobAsync(request, cancellationToken: cancellationToken),
            () => _sidecar.GetJobAlpha1Async(request, cancellationToken: cancellationToken));
        return FromWire(response.Job);
    }

    public override async Task DeleteJobAsync(string jobName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobName);
        var request = new Wire.DeleteJobRequest { Name = jobName };
        await _methods.CallAsync(
            "Deleting the job",
            () => _sidecar.DeleteJobAsync(request, cancellationToken: cancellationToken),
            () => _sidecar.DeleteJobAlpha1Async(request, cancellationToken: cancellationToken));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            channel.Dispose();
        }

        base.Dispose(disposing);
    }

    private static void SetTimes(Wire.Job job, DaprJobSchedule schedule, DateTimeOffset? startingFrom, DateTimeOffset? ttl)
    {
        if (schedule.IsPointInTimeExpression)
        {
            job.DueTime = schedule.ExpressionValue;
        }
        else
        {
            job.Schedule = schedule.ExpressionValue;
        }

        if (startingFrom is { } start)
        {
            job.DueTime = start.ToString("O", CultureInfo.InvariantCulture);
        }

        if (ttl is { } end)
        {
            job.Ttl = end.ToString("O", CultureInfo.InvariantCulture);
        }
    }

    private static Wire.JobFailurePolicy? ToWire(IJobFailurePolicyOptions? options) => options switch
    {
        null => null,
        JobFailurePolicyConstantOptions constant => new Wire.JobFailurePolicy { Constant = ToWire(constant) },
        _ => new Wire.JobFailurePolicy { Drop = new Wire.JobFailurePolicyDrop() },
    };

    private static Wire.JobFailurePolicyConstant ToWire(JobFailurePolicyConstantOptions options)
    {
        var policy = new Wire.JobFailurePolicyConstant { Interval = Duration.FromTimeSpan(options.Interval) };
        if (options.MaxRetries is { } retries)
        {
            policy.MaxRetries = retries;
        }

        return policy;
    }

    // Jobs that other clients made may be due after a duration.
    private static DaprJobDetails FromWire(Wire.Job job) =>
        new(DaprJobSchedule.FromExpression(job.HasSchedule ? job.Schedule : job.DueTime))
    {
        DueTime = Time(job.DueTime),
        Ttl = Time(job.Ttl),
        RepeatCount = job.HasRepeats ? (int)job.Repeats : null,
        Payload = job.Data?.Value.ToByteArray(),
        FailurePolicy = FromWire(job.FailurePolicy),
    };

    private static IFailurePolicyResponse? FromWire(Wire.JobFailurePolicy? policy) => policy?.PolicyCase switch
    {
        Wire.JobFailurePolicy.PolicyOneofCase.Drop => new ConfiguredDropFailurePolicy(),
        Wire.JobFailurePolicy.PolicyOneofCase.Constant => new ConfiguredConstantFailurePolicy(
            policy.Constant.HasMaxRetries,
            policy.Constant.HasMaxRetries ? (int)policy.Constant.MaxRetries : null,
            policy.Constant.Interval?.ToTimeSpan() ?? TimeSpan.Zero),
        _ => null,
    };

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
