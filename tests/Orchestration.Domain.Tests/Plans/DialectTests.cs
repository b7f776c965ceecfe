using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Plans;

/// <summary>The examples of the source documents, as printed (DEF-01, DEF-03, DEF-04).</summary>
public sealed class DialectTests
{
    [Fact]
    public void Workflow_AsPrinted_BindsNamesToInputsAndOutputs()
    {
        Plan plan = Sample.Read(Sample.Text("complex-query-processing.yaml"));

        Assert.Equal("complex_query_processing", plan.Id);
        Assert.Equal(["analyze_query", "retrieve_documents", "synthesize_answer"], plan.Steps.Select(step => step.Id));
        Assert.Equal(["planner", "retriever", "synthesizer"], plan.Steps.Select(step => Call(step).Agent.Agent));
        Assert.Equal("analyze_query", Call(plan.Steps[0]).Action);
        Assert.Equal("user_query", Assert.Single(plan.Inputs).Name);
        Assert.Equal("""{"user_query":"${{ inputs.user_query }}"}""", Call(plan.Steps[0]).Input.Json.GetRawText());
        Assert.Equal("""{"query_intent":"${{ steps.analyze_query.output.query_intent }}"}""", Call(plan.Steps[1]).Input.Json.GetRawText());
        Assert.Equal(["relevant_documents", "user_query"], Call(plan.Steps[2]).Input.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["retrieve_documents"], plan.Steps[2].DependsOn);
    }

    [Fact]
    public void Workflow_InputOfAStepNotDependedOn_AddsTheDependency()
    {
        Plan plan = Sample.Read("""
            workflow:
              name: w
              steps:
                - {name: odd-name, agent: a, outputs: [first result]}
                - {name: second, agent: b, inputs: [first result]}
            """);

        Assert.Equal(["odd-name"], plan.Steps[1].DependsOn);
        Assert.Equal("""{"first result":"${{ steps[\"odd-name\"].output[\"first result\"] }}"}""",
            Call(plan.Steps[1]).Input.Json.GetRawText());
    }

    [Fact]
    public void PlanObject_SessionInitialization_ReadsRetriesAndTimeout()
    {
        Plan plan = Sample.Read(Sample.Text("session-initialization.js.txt"));

        Assert.True(plan.Parallel);
        Assert.Equal(TimeSpan.FromSeconds(30), plan.Timeout);
        Assert.Equal(["init_learning"], plan.Steps[1].DependsOn);
        Assert.Equal("prepare_conversation", Call(plan.Steps[1]).Action);
        Assert.Equal(
            new RetryPolicy(RetryStrategy.Linear, 2, TimeSpan.FromSeconds(1), 1, TimeSpan.FromSeconds(2), Jitter: false),
            plan.Steps[0].Retry);
    }

    [Fact]
    public void PlanObject_ParallelExecution_CombineTakesTheOutputs()
    {
        Plan plan = Sample.Read(Sample.Text("parallel-execution.js.txt"));

        Assert.Equal("plan", plan.Id);
        StepWork.CallAgent combine = Call(plan.Steps[3]);
        Assert.Equal(new AgentSelector(null), combine.Agent);
        Assert.Equal("combine", combine.Action);
        Assert.Equal("${{ steps.analyze_B.output }}", combine.Input.Json.GetProperty("analyze_B").GetString());
        Assert.Equal("${{ inputs }}", Call(plan.Steps[0]).Input.Json.GetString());
    }

    [Fact]
    public void PlanObject_LearningSession_IsSequential() =>
        Assert.False(Sample.Read(Sample.Text("learning-session.js.txt")).Parallel);

    [Fact]
    public void PlanObject_ParallelAnalysis_ActionIsTheStepId()
    {
        Plan plan = Sample.Read(Sample.Text("parallel-analysis.js.txt"));

        Assert.Equal(["learning_analysis", "speech_analysis", "tutor_analysis", "combine_report"], plan.Steps.Select(
            step => Call(step).Action));
        Assert.Equal("speech-agent", Call(plan.Steps[1]).Agent.Agent);
    }

    [Fact]
    public void PlanObject_FallbackPlan_IsRead()
    {
        Plan plan = Sample.Read(Sample.Text("fallback-plans.js.txt"));

        Assert.Equal("use_gpt4", Call(plan.FallbackPlan!.Steps[0]).Action);
        Assert.Equal("plan-fallback", plan.FallbackPlan.Id);
    }

    [Fact]
    public void PlanObject_WithPlaceholders_NamesWhatIsMissing()
    {
        Problem problem = Sample.OnlyProblem(Sample.Text("orchestration-plan.js.txt"));

        Assert.Equal((ProblemCode.MissingField, "fallbackPlan.steps", 15), (problem.Code, problem.Path, problem.Line));
    }

    [Fact]
    public void Ours_Everything_IsRead()
    {
        Plan plan = Sample.Read(Sample.Text("everything.yaml"));

        Assert.Equal(("orders.nightly", "2.1", 5), (plan.Id, plan.Version, plan.Priority));
        Assert.Equal(
            [("orders", "array", true), ("currency", "string", false), ("limit", "number", true)],
            plan.Inputs.Select(input => (input.Name, input.Type, input.Required)));
        Assert.Equal("""{"minimum":0}""", plan.Inputs[2].Schema!.Value.GetRawText());
        Assert.Equal(TimeSpan.FromMinutes(90), plan.Timeout);
        PlanStep check = plan.Steps[0];
        Assert.Equal(new AgentSelector(null, "orders", ">=1.2 <2"), Call(check).Agent);
        Assert.Equal("size(inputs.orders) > 0", check.When);
        Assert.Equal(new ForEach("inputs.orders", "order", 4), check.ForEach);
        Assert.Equal(new RetryPolicy(RetryStrategy.Constant, 5, TimeSpan.FromMilliseconds(250), 2, TimeSpan.FromMinutes(1), true),
            check.Retry);
        Assert.Equal(TimeSpan.FromMilliseconds(90_500), check.Timeout);
        Assert.IsType<Fallback.Value>(check.Fallback);
        Assert.Equal(new StepWork.Delay(TimeSpan.FromMinutes(5)), plan.Steps[1].Work);
        Assert.Equal(new StepWork.WaitFor("approved", TimeSpan.FromDays(2)), plan.Steps[2].Work);
        Assert.Equal("billing@3", Assert.IsType<StepWork.RunPlan>(plan.Steps[3].Work).Plan);
        Assert.Equal(["check"], plan.Steps[3].DependsOn);
        Assert.Equal("notes", Assert.IsType<StepWork.RunPlan>(plan.Steps[4].Work).Definition!.Id);
        Assert.IsType<Fallback.OtherPlan>(plan.Steps[4].Fallback);
        Assert.Equal(new Fallback.OtherAgent(new AgentSelector("mailer-2"), null), plan.Steps[5].Fallback);
        Assert.False(plan.Steps[5].Critical);
        Assert.Equal(7, plan.Steps[5].Retry.MaxRetries);
        Assert.Equal("eu", plan.Labels["region"]);
        Assert.Equal("rescue", plan.FallbackPlan!.Id);
    }

    [Fact]
    public void Ours_StepsAsMappingAndJson_AreTheSamePlan()
    {
        Plan list = Sample.Read(
            """{"id": "p", "steps": [{"id": "a", "agent": "x"}, {"id": "b", "agent": "y", "input": "\ud83d\ude00 ${{ steps.a.output }}"}]}""");
        Plan map = Sample.Read("id: p\nsteps:\n  a: {agent: x}\n  b:\n    agent: y\n    input: 😀 ${{ steps.a.output }}\n");

        Assert.Equal(PlanJson.Write(list), PlanJson.Write(map));
        Assert.Equal(["a"], map.Steps[1].DependsOn);
    }

    private static StepWork.CallAgent Call(PlanStep step) => Assert.IsType<StepWork.CallAgent>(step.Work);
}
