using System.Text.Json;
using Orchestration.Domain.Expressions;
using Orchestration.Domain.Planning;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Planning;

public sealed class RunInputsTests
{
    private static readonly Plan Declared = Plans.Sample.Read("""
        id: p
        inputs:
          query: {type: string, minLength: 2}
          limit: {type: integer, default: 10, maximum: 100}
          since: {type: string, default: "${{ string(now) }}"}
          note: {type: any, required: false}
        steps: {a: {agent: x}}
        """);

    private static readonly ExpressionScope Scope = new() { Now = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero) };

    [Fact]
    public void Complete_MissingInputs_GetTheirDefaults()
    {
        CompletedInputs completed = RunInputs.Complete(Declared, JsonElement.Parse("""{"query": "what"}"""), Scope);

        Assert.Empty(completed.Problems);
        Assert.Equal("""{"query":"what","limit":10,"since":"2026-05-01T00:00:00Z"}""", completed.Inputs.GetRawText());
    }

    [Theory]
    [InlineData("{}", "missing_input inputs.query")]
    [InlineData("""{"query": "w"}""", "schema inputs.query")]
    [InlineData("""{"query": 5}""", "schema inputs.query")]
    [InlineData("""{"query": "what", "limit": 1.5}""", "schema inputs.limit")]
    [InlineData("""{"query": "what", "limit": 101}""", "schema inputs.limit")]
    [InlineData("""{"query": "what", "querry": 1, "x y": 2}""", "unknown_input inputs.querry, unknown_input inputs['x y']")]
    [InlineData("[1]", "wrong_type inputs")]
    public void Complete_WrongInputs_AreAllReported(string inputs, string expected) => Assert.Equal(
        expected,
        string.Join(", ", RunInputs.Complete(Declared, JsonElement.Parse(inputs), Scope).Problems.Select(
            problem => $"{problem.Code} {problem.Path}")));

    [Fact]
    public void Complete_InputsNestedTooDeep_AreRefused()
    {
        JsonElement inputs = JsonElement.Parse($$"""{"query": {{new string('[', 48)}}{{new string(']', 48)}}}""");

        Problem problem = Assert.Single(RunInputs.Complete(Plans.Sample.Read("id: p\nsteps: {a: {agent: x}}"), inputs, Scope).Problems);

        Assert.Equal((ProblemCode.TooLarge, "inputs"), (problem.Code, problem.Path));
    }

    [Fact]
    public void Complete_PlanWithoutInputs_TakesAnyObject()
    {
        Plan plan = Plans.Sample.Read("id: p\nsteps: {a: {agent: x}}");

        Assert.Equal("""{"x":1}""", RunInputs.Complete(plan, JsonElement.Parse("""{"x":1}"""), Scope).Inputs.GetRawText());
        Assert.Equal("{}", RunInputs.Complete(plan, null, Scope).Inputs.GetRawText());
    }
}
