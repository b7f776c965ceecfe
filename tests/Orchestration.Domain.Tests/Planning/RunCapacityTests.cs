using System.Text.Json;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Expressions;
using Orchestration.Domain.Planning;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Planning;

public sealed class RunCapacityTests
{
    [Fact]
    public void Check_PlansOfMoreThanAThousandSteps_AreToBeSplit()
    {
        Plan large = Graphs.Of(1_001, _ => []);
        Plan outer = Graphs.Of(1_000, _ => []);
        outer = outer with
        {
            Steps = outer.Steps.SetItem(7, outer.Steps[7] with { Work = new StepWork.RunPlan(null, large, Template.Empty) }),
            FallbackPlan = large,
        };

        Assert.Empty(RunCapacity.Check(Graphs.Of(1_000, _ => [])));
        Assert.Equal(["steps[7].plan.steps", "fallbackPlan.steps"], RunCapacity.Check(outer).Select(problem => problem.Path));
        Problem problem = Assert.Single(RunCapacity.Check(large));
        Assert.Equal((ProblemCode.TooLarge, "steps"), (problem.Code, problem.Path));
        Assert.Contains("split it into sub-plans", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WaitWithoutTimeout_EndsAfterTwentyFiveDays()
    {
        Plan plan = Plans.Sample.Read("id: p\nsteps: {a: {waitFor: go}, b: {waitFor: {event: go, timeout: 1h}}}");

        Assert.Equal([TimeSpan.FromDays(25), TimeSpan.FromHours(1)], OutlineBuilder.Build(plan).Steps.Select(step => step.Duration!.Value));
        Assert.Empty(PlanValidator.ReadAndValidate("id: p\nsteps: {a: {delay: 25d}}", null, PlanLimits.Default).Problems);
    }

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void Evaluate_MoreThanTenThousandItems_IsAFailure(int count, bool isFine)
    {
        var scope = new ExpressionScope { Inputs = JsonSerializer.SerializeToElement(new { list = Enumerable.Range(0, count) }) };

        StepEntry entry = EntryEvaluation.Evaluate(null, "inputs.list", scope);

        Assert.Equal(isFine, entry.Failure is null);
    }
}
