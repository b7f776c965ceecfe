using System.Text.Json;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Execution;

/// <summary>What stands in histories is a persisted format.</summary>
public class ExecutionJsonTests
{
    private static readonly Plan Whole = new()
    {
        Id = "whole",
        Version = "2",
        Inputs = [new PlanInput("n", "number", true)],
        Steps =
        [
            new PlanStep
            {
                Id = "a",
                Work = new StepWork.CallAgent(new AgentSelector("invoice"), "extract", Template.Of("${{ inputs.n }}")),
                Retry = new RetryPolicy(RetryStrategy.Linear, 1, TimeSpan.FromSeconds(2), 2, TimeSpan.FromSeconds(9), Jitter: false),
                Fallback = new Fallback.Value(Template.Of("none")),
            },
            new PlanStep { Id = "b", Work = new StepWork.Delay(TimeSpan.FromSeconds(3)), DependsOn = ["a"],
                When = "steps.a.output != null" },
            new PlanStep
            {
                Id = "c",
                Work = new StepWork.RunPlan(
                    null, new Plan { Id = "inner", Steps = [new PlanStep { Id = "x", Work = new StepWork.WaitFor("go", null) }] },
                    Template.Empty),
                DependsOn = ["b"],
                ForEach = new ForEach("steps[inputs.which].output", "each", 3),
                Critical = false,
            },
        ],
        Parallel = false,
        Output = Template.Of("${{ steps.c.output }}"),
    };

    [Fact]
    public void FrozenPlan_WrittenAndRead_IsTheSame()
    {
        var text = PlanJson.Write(Whole);
        var read = PlanJson.Read(text);
        Assert.Equal(text, PlanJson.Write(read));
        Assert.Equal("go", ((StepWork.WaitFor)PlanPath.Find(read, "2").Steps[0].Work).Event);
        Assert.True(read.Steps[0].DependsOn.IsEmpty);
        Assert.Equal(Whole.Steps[0].Retry, read.Steps[0].Retry);
    }

    [Fact]
    public void Outline_WrittenAndRead_IsTheSame()
    {
        var outline = OutlineBuilder.Build(Whole);
        var json = JsonSerializer.Serialize(outline, ExecutionJson.Default.PlanOutline);
        var read = JsonSerializer.Deserialize(json, ExecutionJson.Default.PlanOutline)!;
        Assert.Equal(json, JsonSerializer.Serialize(read, ExecutionJson.Default.PlanOutline));
        Assert.True(read.Steps[0].After.IsEmpty);
        Assert.True(read.Sequential);
        Assert.Equal([0, 1], read.Steps[2].EntryReads!.Steps);
        Assert.True(read.Steps[2].EntryReads!.Inputs);
        Assert.Equal([0], read.Steps[1].EntryReads!.Steps);
        Assert.Equal(["a", "b", "c"], read.Steps.Select(step => step.Id));
        Assert.True(json.Length < 700, json);
    }

    [Theory]
    [InlineData("""{"v":{"a":[1,"x",null]}}""")]
    [InlineData("\"abc_-:123\"")]
    [InlineData("""[{"v":1},"h:2",[]]""")]
    [InlineData("""{"p":[3,"h:2",1,[{"v":1}]]}""")]
    public void RunValue_WrittenAndRead_IsTheSame(string json)
    {
        var value = JsonSerializer.Deserialize(json, ExecutionJson.Default.RunValue)!;
        Assert.Equal(json, JsonSerializer.Serialize(value, ExecutionJson.Default.RunValue));
    }

    [Fact]
    public void Facts_ValueAsDeepAsAgentsMayAnswer_AreWrittenAndRead()
    {
        var value = RunValue.Of(JsonElement.Parse(new string('[', 64) + new string(']', 64)));
        var batch = new FactBatch(1, [new RunFact(1, 5, FactType.StepCompleted, 1, 1, 2, new FactDetail.StepEnd(value, null, null))]);
        var json = JsonSerializer.Serialize(batch, ExecutionJson.Default.FactBatch);
        Assert.Equal(json, JsonSerializer.Serialize(
            JsonSerializer.Deserialize(json, ExecutionJson.Default.FactBatch), ExecutionJson.Default.FactBatch));
    }

    [Fact]
    public void Bindings_FirstItem_KeepsItsIndex()
    {
        var json = JsonSerializer.Serialize(new Bindings(Item: RunValue.Null, Index: 0), ExecutionJson.Default.Bindings);
        Assert.Equal(0, JsonSerializer.Deserialize(json, ExecutionJson.Default.Bindings)!.Index);
        Assert.Equal(WorkKey.NoItem, JsonSerializer.Deserialize("{}", ExecutionJson.Default.Bindings)!.Index);
    }

    [Fact]
    public void Facts_EveryCase_KeepsItsDetail()
    {
        var batch = new FactBatch(3,
        [
            new RunFact(1, 5, FactType.RunStarted),
            new RunFact(2, 6, FactType.StepCompleted, 1, 1, 2, new FactDetail.StepEnd(RunValue.Null, null, new AttemptReport("g", "p", 7))),
            new RunFact(3, 7, FactType.StepQueued, 1, 0, 2, new FactDetail.Waiting("retry", "later", 9)),
            new RunFact(4, 7, FactType.StepStarted, 1, 0, 2, new FactDetail.Child("run")),
        ]);
        var json = JsonSerializer.Serialize(batch, ExecutionJson.Default.FactBatch);
        var read = JsonSerializer.Deserialize(json, ExecutionJson.Default.FactBatch)!;
        Assert.Equal(json, JsonSerializer.Serialize(read, ExecutionJson.Default.FactBatch));
        Assert.Equal(new WorkKey(0, 0), read.Facts[1].Work);
        Assert.Equal("p", ((FactDetail.StepEnd)read.Facts[1].Detail!).Report!.AppId);
    }
}
