using Dapr.Workflow.Worker;
using Xunit;

namespace Dapr.Workflow.Tests;

public sealed class BackoffTests
{
    [Fact]
    public void Next_Failures_DoublesUpToTheLongestAndStartsOver()
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5), () => 0);

        Assert.Equal([50, 100, 200], [backoff.Next().TotalMilliseconds, backoff.Next().TotalMilliseconds, backoff.Next().TotalMilliseconds]);
        Assert.Equal(5000, Enumerable.Range(0, 100).Select(_ => backoff.Next().TotalMilliseconds).ToList()[^1]);
        backoff.Reset();
        Assert.Equal(50, backoff.Next().TotalMilliseconds);
    }

    [Fact]
    public void Next_AnyRandomNumber_ShortensByHalfAtMost() =>
        Assert.Equal(25, new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5), () => 1).Next().TotalMilliseconds);
}
