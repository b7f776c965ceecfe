using Orchestration.Domain.Failures;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Failures;

// ERR-05, ERR-06, ERR-07
public class BackoffTests
{
    private static readonly RetryPolicy Second = RetryPolicy.Default with { Jitter = false };

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(5, 32)]
    [InlineData(6, 60)]
    [InlineData(2000, 60)]
    public void Seconds_Exponential_GrowsByFactorUpToTheCap(int attempt, double expected) =>
        Assert.Equal(expected, Backoff.Seconds(Second, attempt, 0));

    [Fact]
    public void Seconds_LinearSampleOfTheSource_WaitsOneTwoThreeSeconds() =>
        Assert.Equal([1.0, 2.0, 3.0], Enumerable.Range(0, 3)
            .Select(attempt => Backoff.Seconds(Second with { Strategy = RetryStrategy.Linear }, attempt, 0)));

    [Fact]
    public void Seconds_ConstantAndImmediate_DoNotGrow()
    {
        Assert.Equal(1, Backoff.Seconds(Second with { Strategy = RetryStrategy.Constant }, 9, 0));
        Assert.Equal(0, Backoff.Seconds(Second with { Strategy = RetryStrategy.Immediate, Jitter = true }, 9, 0.5));
    }

    [Fact]
    public void Seconds_Jitter_AppliesAfterTheCapBitForBit()
    {
        var random = new Random(42);
        var policy = new RetryPolicy(RetryStrategy.Exponential, 10, TimeSpan.FromSeconds(0.3), 1.7, TimeSpan.FromSeconds(20), Jitter: true);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var chance = random.NextDouble();
            var delay = 0.3 * Math.Pow(1.7, attempt);
            delay = Math.Min(delay, 20.0);
            delay *= 0.5 + chance * 0.5;
            Assert.Equal(BitConverter.DoubleToInt64Bits(delay), BitConverter.DoubleToInt64Bits(Backoff.Seconds(policy, attempt, chance)));
        }
    }
}
