using System.Text.Json;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sidecar.Apps;
using Sidecar.Invocation;
using Sidecar.Jobs;

namespace Sidecar.Api;

/// <summary>Jobs on HTTP, under both versions they have had.</summary>
internal static class HttpJobApi
{
    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        foreach (var version in new[] { "v1.0", "v1.0-alpha1" })
        {
            var group = routes.MapGroup($"/{version}/jobs/{{name}}");
            group.MapPost("/", (HttpContext context, string name, JobApi jobs) => Answer("ERR_SCHEDULE_JOB", async () =>
            {
                var request = (await JsonBody.ReadAsync<JsonJob>(context)).ToWire(name);
                await jobs.ScheduleAsync(App(context), request, context.RequestAborted);
                return Results.NoContent();
            }));
            group.MapGet("/", (HttpContext context, string name, JobApi jobs) => Answer("ERR_GET_JOB", () =>
                Task.FromResult(Results.Json(Describe(jobs.Get(App(context), name).Job)))));
            group.MapDelete("/", (HttpContext context, string name, JobApi jobs) => Answer("ERR_DELETE_JOB", async () =>
            {
                await jobs.DeleteAsync(App(context), name, context.RequestAborted);
                return Results.NoContent();
            }));
        }
    }

    private static async Task<IResult> Answer(string failureCode, Func<Task<IResult>> call)
    {
        try
        {
            return await call();
        }
        catch (RpcException error)
        {
            return HttpErrors.Error(StatusMapping.ToHttp(error.StatusCode), failureCode, error.Status.Detail);
        }
    }

    private static Dictionary<string, object> Describe(Job job)
    {
        var found = new Dictionary<string, object> { ["name"] = job.Name };
        Add("schedule", job.HasSchedule, job.Schedule);
        Add("dueTime", job.HasDueTime, job.DueTime);
        Add("ttl", job.HasTtl, job.Ttl);
        Add("repeats", job.HasRepeats, job.Repeats);
        if (job.Data is not null)
        {
            found["data"] = Data(job.Data);
        }

        if (job.FailurePolicy is { } policy)
        {
            found["failurePolicy"] = JsonDocument.Parse(JsonFormatter.Default.Format(policy)).RootElement;
        }

        return found;

        void Add(string name, bool given, object value)
        {
            if (given)
            {
                found[name] = value;
            }
        }
    }

    private static object Data(Any data)
    {
        var bytes = JobTrigger.Payload(data);
        try
        {
            return JsonDocument.Parse(bytes).RootElement;
        }
        catch (JsonException)
        {
            return Convert.ToBase64String(bytes);
        }
    }

    private static string App(HttpContext context) => AppDirectory.Caller(context).AppId;

    private static RpcException Malformed(string problem) => new(new Status(StatusCode.InvalidArgument, problem));

    private sealed record JsonJob(
        string? Name, string? Schedule, uint? Repeats, string? DueTime, string? Ttl, JsonElement? Data, JsonPolicy? FailurePolicy, bool Overwrite)
    {
        public ScheduleJobRequest ToWire(string name)
        {
            if (Name is not null)
            {
                throw Malformed("the name of the job belongs into the path only");
            }

            var job = new Job { Name = name, FailurePolicy = FailurePolicy?.ToWire() };
            if (Schedule is not null)
            {
                job.Schedule = Schedule;
            }

            if (DueTime is not null)
            {
                job.DueTime = DueTime;
            }

            if (Ttl is not null)
            {
                job.Ttl = Ttl;
            }

            if (Repeats is { } repeats)
            {
                job.Repeats = repeats;
            }

            if (Data is { } data)
            {
                job.Data = Any.Pack(JsonParser.Default.Parse<Value>(data.GetRawText()));
            }

            return new ScheduleJobRequest { Job = job, Overwrite = Overwrite };
        }
    }

    private sealed record JsonPolicy(object? Drop, JsonConstant? Constant)
    {
        public JobFailurePolicy ToWire() => Drop is not null ? new JobFailurePolicy { Drop = new JobFailurePolicyDrop() }
            : new JobFailurePolicy { Constant = Constant?.ToWire() ?? throw Malformed("failurePolicy is drop or constant") };
    }

    private sealed record JsonConstant(string? Interval, uint? MaxRetries)
    {
        public JobFailurePolicyConstant ToWire()
        {
            var policy = new JobFailurePolicyConstant();
            if (Interval is not null)
            {
                policy.Interval = GoDuration.TryParse(Interval, out var interval)
                    ? Duration.FromTimeSpan(interval)
                    : throw Malformed($"'{Interval}' is not a duration");
            }

            if (MaxRetries is { } retries)
            {
                policy.MaxRetries = retries;
            }

            return policy;
        }
    }
}
