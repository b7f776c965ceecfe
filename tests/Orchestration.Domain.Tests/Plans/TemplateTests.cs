using System.Text.Json;
using Orchestration.Domain.Expressions;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Plans;

public sealed class TemplateTests
{
    private static readonly ExpressionScope Scope = new()
    {
        Inputs = JsonElement.Parse("""{"n": 3, "list": [1, {"a": 1.50}], "text": "x\"y", "none": null, "when": "2026-01-01T00:00:00Z"}"""),
    };

    [Theory]
    [InlineData("\"${{ inputs.n }}\"", "3")]
    [InlineData("\" ${{inputs.list}}\\n\"", """[1,{"a":1.50}]""")]
    [InlineData("\"n = ${{ inputs.n }}!\"", "\"n = 3!\"")]
    [InlineData("\"${{ inputs.n }}${{ inputs.text }}\"", "\"3x\\\"y\"")]
    [InlineData("\"[${{ inputs.none }}] ${{ inputs.list }}\"", "\"[] [1,{\\\"a\\\":1.50}]\"")]
    [InlineData("\"${{ timestamp(inputs.when) + duration('90s') }}\"", "\"2026-01-01T00:01:30Z\"")]
    [InlineData("\"${{ {'a': {'b': '}}'}} }}\"", """{"a":{"b":"}}"}}""")]
    [InlineData("\"$${{ inputs.n }} costs $5 {{}}\"", "\"${{ inputs.n }} costs $5 {{}}\"")]
    [InlineData("""{"a": [true, "${{ inputs.n + 1 }}"], "b": {"${{ k }}": 1e2}}""", """{"a":[true,4],"b":{"${{ k }}":1e2}}""")]
    public void Evaluate_Expressions_TakeTheirPlace(string template, string expected)
    {
        Evaluated evaluated = new Template(JsonElement.Parse(template)).Evaluate(Scope);

        Assert.Null(evaluated.Error);
        Assert.Equal(expected, evaluated.Value.GetRawText());
    }

    [Fact]
    public void Evaluate_WithoutExpressions_IsTheValueItself()
    {
        var template = new Template(JsonElement.Parse("""{ "a" : 1 }"""));

        Assert.True(template.IsConstant);
        Assert.Equal("""{ "a" : 1 }""", template.Evaluate(Scope).Value.GetRawText());
    }

    [Fact]
    public void Evaluate_ExpressionWithoutValue_SaysWhichAndWhere()
    {
        Evaluated evaluated = new Template(JsonElement.Parse("""{"customer": {"names": ["${{ inputs.nme }}"]}}""")).Evaluate(Scope);

        Assert.Equal("no such key: 'nme': inputs.nme at customer.names[0]", evaluated.Error);
    }

    [Fact]
    public void Expressions_ThatDoNotParse_AreListedWithTheirPlace()
    {
        var template = new Template(JsonElement.Parse("""["${{ 1 + }}", "${{ 'open", "fine ${{ 1 }}"]"""));

        Assert.Equal(["[0]", "[1]", "[2]"], template.Expressions.Select(expression => expression.Path));
        Assert.Equal([false, false, true], template.Expressions.Select(expression => expression.Parsed is not null));
        Assert.NotNull(template.Evaluate(Scope).Error);
    }

    [Fact]
    public void Evaluate_HugeResult_IsAnError()
    {
        string text = "${{ inputs.t }}";
        var scope = new ExpressionScope { Inputs = JsonElement.Parse($$"""{"t": "{{new string('a', 1_000_000)}}"}""") };

        Assert.Contains("longer than", Template.Of(string.Concat(Enumerable.Repeat(text, 40)))
            .Evaluate(scope).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"${{ inputs.deep }}\"", 48, true)]
    [InlineData("[\"${{ inputs.deep }}\"]", 48, false)]
    [InlineData("\"${{ inputs.deep }}\"", 49, false)]
    public void Evaluate_ResultDeeperThanOthersCanRead_IsAnError(string template, int levels, bool isFine)
    {
        var scope = new ExpressionScope { Inputs = JsonElement.Parse($$"""{"deep": {{Nested(levels)}}}""") };

        Evaluated evaluated = new Template(JsonElement.Parse(template)).Evaluate(scope);

        Assert.Equal(isFine ? null : "the value is nested deeper than 48 levels", evaluated.Error);
        Assert.Equal(isFine, new Template(JsonElement.Parse(Nested(template.StartsWith('[') ? levels + 1 : levels)))
            .Evaluate(scope).Succeeded);
    }

    private static string Nested(int levels) => new string('[', levels) + new string(']', levels);

    [Fact]
    public void Equals_SameJsonInOtherSpacing_IsEqual()
    {
        Assert.Equal(new Template(JsonElement.Parse("""{"a":1}""")), new Template(JsonElement.Parse("""{ "a": 1 }""")));
        Assert.NotEqual(new Template(JsonElement.Parse("1")), new Template(JsonElement.Parse("2")));
    }
}
