using System.Reflection;
using Grpc.Core;
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
