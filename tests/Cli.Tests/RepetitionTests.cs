using Grpc.Core;
using Orchestration.Client;

namespace Cli.Tests;

/// <summary>Which calls the client makes again, and how often.</summary>
public sealed class RepetitionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Call_NoRoomJustNow_IsMadeAgainAfterTheAdvisedTime()
    {
        var (made, problem) = await CallAsync(StatusCode.ResourceExhausted, failures: 20, new Metadata { { "retry-after-ms", "1" } });

        Assert.Equal((21, null), (made, problem));
    }

    /// <summary>It is too large for somebody on the way, and will be again.</summary>
    [Fact]
    public async Task Call_ExhaustedWithoutAdvice_IsNotMadeAgain()
    {
        var (made, problem) = await CallAsync(StatusCode.ResourceExhausted, failures: 20, []);

        Assert.Equal((1, StatusCode.ResourceExhausted), (made, problem));
    }

    [Fact]
    public async Task Call_FaultThatStays_IsMadeThreeTimes()
    {
        var (made, problem) = await CallAsync(StatusCode.Internal, failures: 20, []);

        Assert.Equal((3, StatusCode.Internal), (made, problem));
    }

    [Fact]
    public async Task Call_NobodyThere_IsMadeAgain()
    {
        var (made, problem) = await CallAsync(StatusCode.Unavailable, failures: 1, []);

        Assert.Equal((2, null), (made, problem));
    }

    private static async Task<(int Made, StatusCode? Problem)> CallAsync(StatusCode code, int failures, Metadata trailers)
    {
        var made = 0;
        try
        {
            await Repetition.CallAsync(
                () => ++made > failures ? Task.FromResult(made)
                    : throw new RpcException(new Status(code, "no"), trailers), Patience, TestContext.Current.CancellationToken);
            return (made, null);
        }
        catch (RpcException problem)
        {
            return (made, problem.StatusCode);
        }
    }
}
