extern alias protos;

using System.Collections.Concurrent;
using System.Text.Json;
using Dapr.Client;
using Dapr.Jobs;
using Dapr.Jobs.Models;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sdk.Tests.Grpc;
using Xunit;
using Wire = protos::Dapr.Client.Autogen.Grpc.v1;

namespace Sdk.Tests.Dapr;

/// <summary>The client with a sidecar that does not know the newer names, and what every call carries.</summary>
public sealed class OlderSidecarTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BulkPublish_NewNameUnknown_FallsBackOnceAndStaysThere()
    {
        var calls = new ConcurrentQueue<string>();
        await using var sidecar = await GrpcServer.StartAsync(Token, s => s.AddSingleton(calls), app => app.MapGrpcService<OlderSidecar>());
        using var client = new DaprClientBuilder().UseGrpcEndpoint(sidecar.Address.ToString()).UseDaprApiToken("secret").Build();

        var response = await client.BulkPublishEventAsync("pubsub", "topic", ["a", "b"], cancellationToken: Token);
        await client.BulkPublishEventAsync("pubsub", "topic", ["c"], cancellationToken: Token);

        var failed = Assert.Single(response.FailedEntries);
        Assert.Equal(("b", "no room"), (failed.Entry.EventData, failed.ErrorMessage));
        Assert.Equal(["new secret", "old secret", "old secret"], calls);
    }

    [Fact]
    public async Task Jobs_NewNamesUnknown_AreUsedByTheirOldOnes()
    {
        var calls = new ConcurrentQueue<string>();
        await using var sidecar = await GrpcServer.StartAsync(Token, s => s.AddSingleton(calls), app => app.MapGrpcService<OlderSidecar>());
        using var jobs = new DaprJobsClientBuilder()
            .UseGrpcEndpoint(sidecar.Address.ToString()).UseHttpEndpoint("http://127.0.0.1:1").UseTimeout(TimeSpan.FromMinutes(1))
            .UseGrpcChannelOptions(
                new GrpcChannelOptions()).UseJsonSerializationOptions(JsonSerializerOptions.Web).UseDaprApiToken("secret").Build();

        await jobs.ScheduleJobAsync("job", DaprJobSchedule.Daily, cancellationToken: Token);
        var found = await jobs.GetJobAsync("job", Token);
        await jobs.DeleteJobAsync("job", Token);

        Assert.Equal(("10s", null, null), (found.Schedule.ExpressionValue, found.DueTime, found.FailurePolicy));
        Assert.Equal(["schedule @daily secret", "get job", "delete job"], calls);
    }

    [Fact]
    public async Task Calls_ToTheSidecar_NameTheSdk()
    {
        var calls = new ConcurrentQueue<string>();
        await using var sidecar = await GrpcServer.StartAsync(Token, s => s.AddSingleton(calls), app => app.MapGrpcService<OlderSidecar>());
        using var client = new DaprClientBuilder().UseGrpcEndpoint(sidecar.Address.ToString()).Build();

        await client.PublishEventAsync("pubsub", "topic", Token);

        Assert.Contains("dapr-sdk-dotnet/v", Assert.Single(calls), StringComparison.Ordinal);
    }

    private sealed class OlderSidecar(ConcurrentQueue<string> calls) : Wire.Dapr.DaprBase
    {
        public override Task<Wire.BulkPublishResponse> BulkPublishEvent(Wire.BulkPublishRequest request, ServerCallContext context)
        {
            calls.Enqueue($"new {context.RequestHeaders.GetValue("dapr-api-token")}");
            throw new RpcException(new Status(
                StatusCode.Unknown, "failed to proxy request: required metadata dapr-callee-app-id or dapr-app-id not found"));
        }

        public override Task<Wire.BulkPublishResponse> BulkPublishEventAlpha1(Wire.BulkPublishRequest request, ServerCallContext context)
        {
            calls.Enqueue($"old {context.RequestHeaders.GetValue("dapr-api-token")}");
            var response = new Wire.BulkPublishResponse();
            response.FailedEntries.AddRange(request.Entries.Skip(1).Select(e => new Wire.BulkPublishResponseFailedEntry { EntryId = e.EntryId, Error = "no room" }));
            return Task.FromResult(response);
        }

        public override Task<Wire.ScheduleJobResponse> ScheduleJobAlpha1(Wire.ScheduleJobRequest request, ServerCallContext context)
        {
            calls.Enqueue($"schedule {request.Job.Schedule} {context.RequestHeaders.GetValue("dapr-api-token")}");
            return Task.FromResult(new Wire.ScheduleJobResponse());
        }

        public override Task<Wire.GetJobResponse> GetJobAlpha1(Wire.GetJobRequest request, ServerCallContext context)
        {
            calls.Enqueue($"get {request.Name}");
            return Task.FromResult(new Wire.GetJobResponse { Job = new Wire.Job { Name = request.Name, DueTime = "10s" } });
        }

        public override Task<Wire.DeleteJobResponse> DeleteJobAlpha1(Wire.DeleteJobRequest request, ServerCallContext context)
        {
            calls.Enqueue($"delete {request.Name}");
            return Task.FromResult(new Wire.DeleteJobResponse());
        }

        public override Task<Empty> PublishEvent(Wire.PublishEventRequest request, ServerCallContext context)
        {
            calls.Enqueue(context.RequestHeaders.GetValue("user-agent") ?? "");
            return Task.FromResult(new Empty());
        }
    }
}
