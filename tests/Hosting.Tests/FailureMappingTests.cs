using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using Orchestration.Contracts;
using Orchestration.Domain.Failures;
using Orchestration.Hosting.Errors;

namespace Hosting.Tests;

/// <summary>ERR-03 at the doors: one table, used in both directions.</summary>
public sealed class FailureMappingTests
{
    public static TheoryData<string> Codes =>
        [.. typeof(FailureCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(constant => (string)constant.GetValue(null)!)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void RoundTrip_EveryCode_ComesBackTheSame(string code)
    {
        var failure = FailureMapping.Create(code, "What happened.") with { RetryAfter = TimeSpan.FromMilliseconds(250) };
        Assert.Equal(failure, FailureMapping.FromRpc(FailureMapping.ToRpc(failure)));
    }

    [Theory]
    [InlineData(FailureClass.Transient, StatusCode.Unavailable)]
    [InlineData(FailureClass.Permanent, StatusCode.InvalidArgument)]
    [InlineData(FailureClass.System, StatusCode.Internal)]
    [InlineData(FailureClass.Business, StatusCode.FailedPrecondition)]
    public void RoundTrip_OwnCodeOfAnAgent_TravelsByItsClass(FailureClass kind, StatusCode status)
    {
        var failure = new Failure("odd_totals", kind, "Totals differ.", Retryable: true);
        Assert.Equal(status, FailureMapping.StatusOf(failure));
        Assert.Equal(failure, FailureMapping.FromRpc(FailureMapping.ToRpc(failure)));
    }

    [Theory]
    [InlineData(StatusCode.InvalidArgument, FailureCode.InvalidArgument)]
    [InlineData(StatusCode.OutOfRange, FailureCode.InvalidArgument)]
    [InlineData(StatusCode.Unavailable, FailureCode.Unavailable)]
    [InlineData(StatusCode.ResourceExhausted, FailureCode.Saturated)]
    [InlineData(StatusCode.Aborted, FailureCode.Conflict)]
    [InlineData(StatusCode.Unknown, FailureCode.Internal)]
    public void FromRpc_BareStatus_MeansItsFirstRow(StatusCode status, string code) =>
        Assert.Equal(code, FailureMapping.FromRpc(new RpcException(new Status(status, "x"))).Code);

    [Theory]
    [InlineData("", "Unavailable")]
    [InlineData(" \r\n", "Unavailable")]
    [InlineData("two\r\n  lines\n", "two lines")]
    public void ReasonOf_WhatTheOtherSideSays_IsOneLineAndNeverEmpty(string said, string reason) =>
        Assert.Equal(reason, FailureMapping.ReasonOf(new Status(StatusCode.Unavailable, said)));

    [Fact]
    public void ReasonOf_WhatBrokeOnThisSide_IsTheCauseAtTheBottom()
    {
        Assert.Equal("reset", Of(
            new HttpRequestException("An error occurred.", new IOException("It broke.", new InvalidOperationException("reset")))));
        Assert.Equal("what the library says", Of(new InvalidOperationException("")));

        static string Of(Exception cause) => FailureMapping.ReasonOf(new Status(StatusCode.Internal, "what the library says", cause));
    }

    [Fact]
    public async Task ReasonOf_NobodyThere_NamesTheAddress()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        // As a connection that is opened again; the library itself opens a first one, and forgets where to.
        using var handler = new HttpClientHandler();
        using var channel = GrpcChannel.ForAddress($"http://{silent.LocalEndPoint}", new GrpcChannelOptions { HttpHandler = handler });
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new PlanService.PlanServiceClient(channel).GetPlanAsync(
            new GetPlanRequest(), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal($"Connection refused ({silent.LocalEndPoint})", FailureMapping.ReasonOf(refused.Status));
    }

    [Fact]
    public async Task Interceptor_UnexpectedException_TellsOnlyANumber()
    {
        var error = await CallAsync("bug");
        Assert.Equal(StatusCode.Internal, error.StatusCode);
        Assert.Matches("^Internal error [0-9a-f]{32}\\.$", error.Status.Detail);
    }

    [Fact]
    public async Task Interceptor_SidecarTrouble_IsUnavailableAndMayBeRepeated()
    {
        var error = await CallAsync("sidecar");
        Assert.True(FailureMapping.FromRpc(error) is { Code: FailureCode.Unavailable, Retryable: true });
        Assert.DoesNotContain("secret", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interceptor_KnownFailure_ArrivesWholeWithItsTrailers()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(1500), FailureMapping.FromRpc(await CallAsync("busy")).RetryAfter);

        var own = await CallAsync("own");
        Assert.Equal(new Failure("odd_totals", FailureClass.Business, "Totals differ.", Retryable: true), FailureMapping.FromRpc(own));
        Assert.Equal([1, 2, 3], own.Trailers.GetValueBytes("extra-bin")!);
    }

    private static async Task<RpcException> CallAsync(string plan)
    {
        await using var service = await TestService.StartAsync();
        return await Assert.ThrowsAsync<RpcException>(async () => await new PlanService.PlanServiceClient(service.Channel).GetPlanAsync(
            new GetPlanRequest { PlanId = plan },
            new Metadata { { "authorization", "Bearer viewer-key" } },
            cancellationToken: TestContext.Current.CancellationToken));
    }
}
