using Orchestration.Domain.Failures;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Failures;

// ERR-01, ERR-03, ERR-08
public class FailurePolicyTests
{
    private static readonly RetryPolicy Policy = RetryPolicy.Default with { MaxRetries = 2, Jitter = false };

    [Theory]
    [InlineData(FailureClass.Transient, true, 1, typeof(FailureDecision.Retry))]
    [InlineData(FailureClass.Transient, true, 3, typeof(FailureDecision.GiveUp))]
    [InlineData(FailureClass.Transient, false, 1, typeof(FailureDecision.GiveUp))]
    [InlineData(FailureClass.System, true, 2, typeof(FailureDecision.Retry))]
    [InlineData(FailureClass.Permanent, true, 1, typeof(FailureDecision.GiveUp))]
    [InlineData(FailureClass.Business, true, 1, typeof(FailureDecision.GiveUp))]
    public void Decide_ClassAndAttempts_ChooseTheRecovery(FailureClass kind, bool retryable, int attempts, Type expected) =>
        Assert.IsType(expected, FailurePolicy.Decide(new Failure("x", kind, "x", retryable), attempts, Policy, hasFallback: false, 0));

    [Fact]
    public void Decide_NothingLeftButAFallback_FallsBack() =>
        Assert.IsType<FailureDecision.FallBack>(
            FailurePolicy.Decide(new Failure("malformed", FailureClass.Permanent, "x", Retryable: false), 1, Policy, hasFallback: true, 0));

    [Fact]
    public void Decide_AgentLost_GoesElsewhereAtOnceOnlyTheFirstTime()
    {
        var lost = new Failure(FailureCode.AgentLost, FailureClass.Transient, "x", Retryable: true);
        Assert.IsType<FailureDecision.Reroute>(FailurePolicy.Decide(lost, 1, Policy, hasFallback: false, 0));
        Assert.Equal(TimeSpan.FromSeconds(2),
            Assert.IsType<FailureDecision.Retry>(FailurePolicy.Decide(lost, 2, Policy, hasFallback: false, 0)).After);
    }

    [Fact]
    public void Decide_Saturated_WaitsWithoutSpendingAnAttempt()
    {
        var full = new Failure(FailureCode.Saturated, FailureClass.Transient, "x", Retryable: true, TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(7),
            Assert.IsType<FailureDecision.Wait>(FailurePolicy.Decide(full, 99, Policy, hasFallback: true, 0)).After);
    }

    [Theory]
    [InlineData("x")]
    [InlineData(FailureCode.Saturated)]
    public void Decide_AdviceOfCenturies_IsCutToAnHour(string code)
    {
        var advised = new Failure(code, FailureClass.Transient, "x", Retryable: true, TimeSpan.MaxValue);
        var after = FailurePolicy.Decide(advised, 1, Policy, hasFallback: false, 0) switch
        {
            FailureDecision.Retry retry => retry.After,
            FailureDecision.Wait wait => wait.After,
            _ => TimeSpan.Zero,
        };
        Assert.Equal(TimeSpan.FromHours(1), after);
    }

    [Fact]
    public void Failure_EndlessTexts_AreCut()
    {
        var failure = new Failure(new string('c', 65), FailureClass.System, new string('m', 999) + "\U0001F600", Retryable: false);
        Assert.Equal((64, 999), (failure.Code.Length, failure.Message.Length));
        Assert.Equal(1000, (failure with { Message = new string('m', 5000) }).Message.Length);
    }

    [Fact]
    public void Decide_AdvisedDelay_IsNeverUndercut()
    {
        var advised = new Failure("x", FailureClass.Transient, "x", Retryable: true, TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromSeconds(30),
            Assert.IsType<FailureDecision.Retry>(FailurePolicy.Decide(advised, 1, Policy, hasFallback: false, 0)).After);
    }
}
