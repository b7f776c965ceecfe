using System.Text.Json;
using Orchestration.Domain.Expressions;

namespace Orchestration.Domain.Tests.Expressions;

/// <summary>What the conformance vectors at hand leave out: macros, time, the scope of a run, results as JSON.</summary>
public sealed class ExpressionTests
{
    private static readonly ExpressionScope Scope = new()
    {
        Inputs = JsonElement.Parse(
            """{"name":"Ada","orders":[{"id":1,"total":9.5,"ok":true},{"id":2,"total":20,"ok":false}],"none":null,"big":18446744073709551615}"""),
        Steps = new Dictionary<string, StepView>
        {
            ["fetch"] = new("completed", JsonElement.Parse("""{"rows":[3,4]}""")),
            ["check-it"] = new("failed", null, JsonElement.Parse("""{"code":"malformed","message":"no"}""")),
        },
        Item = new ItemView("order", JsonElement.Parse("""{"id":7}"""), 2),
        Result = JsonElement.Parse("""{"value":1}"""),
        Run = new RunView("run-1", 2, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)),
        Now = new DateTimeOffset(2026, 3, 1, 12, 30, 0, TimeSpan.Zero),
    };

    [Theory]
    [InlineData("[1, 2, 3].all(x, x > 0)", "true")]
    [InlineData("[1, 'a', 3].all(x, x < 2)", "false")]
    [InlineData("[1, 'a', 3].exists(x, x > 2)", "true")]
    [InlineData("[1, 2, 2].exists_one(x, x == 2)", "false")]
    [InlineData("[1, 2, 3].map(x, x * x)", "[1,4,9]")]
    [InlineData("[1, 2, 3].map(x, x > 1, x * 10)", "[20,30]")]
    [InlineData("[1, 2, 3].filter(x, x % 2 == 1)", "[1,3]")]
    [InlineData("{'a': 1, 'b': 2}.map(k, k + '!')", """["a!","b!"]""")]
    [InlineData("{'a': 1}.all(k, k == 'a')", "true")]
    [InlineData("[[1], [2, 3]].map(x, x.map(y, y + size(x)))", "[[2],[4,5]]")]
    [InlineData("[1].exists(inputs, inputs == 1)", "true")]
    [InlineData("[{'inputs': 5}].map(inputs, inputs.inputs)", "[5]")]
    [InlineData("[1].map(inputs, .inputs.name)", "[\"Ada\"]")]
    public void Macros_OverListsAndMaps_BindTheirVariable(string text, string expected) => Evaluates(text, expected);

    [Theory]
    [InlineData("timestamp('2026-02-28T23:59:59.5Z') + duration('1s')", "\"2026-03-01T00:00:00.5Z\"")]
    [InlineData("timestamp('2026-03-01T00:00:00+02:00')", "\"2026-02-28T22:00:00Z\"")]
    [InlineData("timestamp('2026-03-01T00:00:00Z') - timestamp('2026-02-28T00:00:00Z')", "\"86400s\"")]
    [InlineData("duration('1h30m').getMinutes()", "90")]
    [InlineData("duration('-1.5s') < duration('0s')", "true")]
    [InlineData("string(duration('1500ms'))", "\"1.5s\"")]
    [InlineData("timestamp('2026-01-04T10:20:30.040Z').getDayOfWeek()", "0")]
    [InlineData("timestamp('2026-01-04T10:20:30.040Z').getMilliseconds()", "40")]
    [InlineData("timestamp('2026-12-31T23:30:00Z').getFullYear('+01:00')", "2027")]
    [InlineData("timestamp('2026-07-01T12:00:00Z').getHours('Europe/Berlin')", "14")]
    [InlineData("timestamp('2026-07-01T12:00:00Z').getDayOfYear()", "181")]
    [InlineData("int(timestamp('1970-01-01T00:01:00Z'))", "60")]
    [InlineData("timestamp(60)", "\"1970-01-01T00:01:00Z\"")]
    [InlineData("now - run.startedAt == duration('30m')", "true")]
    [InlineData("now.getDate()", "1")]
    [InlineData("type(now) == google.protobuf.Timestamp", "true")]
    public void Time_ValuesAndParts_AreExact(string text, string expected) => Evaluates(text, expected);

    [Theory]
    [InlineData("inputs.name + ' ' + run.id", "\"Ada run-1\"")]
    [InlineData("inputs.orders[0]", """{"id":1,"total":9.5,"ok":true}""")]
    [InlineData("inputs.orders.filter(o, o.ok).size()", "1")]
    [InlineData("inputs.orders.map(o, double(o.total))", "[9.5,20]")]
    [InlineData("inputs.none == null", "true")]
    [InlineData("inputs.big == 18446744073709551615u", "true")]
    [InlineData("has(inputs.missing)", "false")]
    [InlineData("has(inputs.missing) ? inputs.missing : 'fallback'", "\"fallback\"")]
    [InlineData("'name' in inputs", "true")]
    [InlineData("steps.fetch.output.rows[1]", "4")]
    [InlineData("steps.fetch.state", "\"completed\"")]
    [InlineData("steps['check-it'].output == null && steps['check-it'].error.code == 'malformed'", "true")]
    [InlineData("steps.`check-it`.state", "\"failed\"")]
    [InlineData("order.id + index", "9")]
    [InlineData("result.value", "1")]
    [InlineData("run.attempt", "2")]
    [InlineData("{'a': [1, 2u, 3.5, true, null], b'x' == b'x': 1}", """{"a":[1,2,3.5,true,null],"true":1}""")]
    [InlineData("b'abc'", "\"YWJj\"")]
    [InlineData("1.0 / 0.0", "\"+Inf\"")]
    [InlineData("\"\"\"a\n'b'\"\"\"", "\"a\\n'b'\"")]
    [InlineData("1 // one\n + 1", "2")]
    [InlineData("'ab'.matches('^[[:alpha:]]{2}$') && !'a\\n'.matches('a$') && '😀'.matches('^.$')", "true")]
    public void Scope_OfARun_IsVisible(string text, string expected) => Evaluates(text, expected);

    [Theory]
    [InlineData("inputs.missing", "no such key: 'missing'")]
    [InlineData("inputs.name.first", "string has no fields")]
    [InlineData("unknown.x", "unknown name 'unknown'")]
    [InlineData("1 + 1.0", "convert one side")]
    [InlineData("9223372036854775807 + 1", "overflow")]
    [InlineData("timestamp('9999-12-31T23:59:59Z') + duration('1s')", "out of range")]
    [InlineData("timestamp('2026-02-30T00:00:00Z')", "not a timestamp")]
    [InlineData("timestamp('2026-01-01T00:00:00Z').getHours('Mars/Olympus')", "unknown time zone")]
    [InlineData("'a'.matches('(')", "bad pattern")]
    [InlineData("'a'.matches('(a)\\\\1')", "back references")]
    [InlineData("1 ? 2 : 3", "no such overload")]
    [InlineData("[1, 2].exists_one(x, x / 0 == 1)", "division by zero")]
    [InlineData("1 +", "missing at the end")]
    [InlineData("a.b{c: 1}", "messages cannot be constructed")]
    [InlineData("'open", "does not end")]
    [InlineData("package", "reserved word")]
    [InlineData("has(inputs)", "field selection")]
    [InlineData("[1].map(1, 2)", "name of a variable")]
    [InlineData("'\\uD800'", "surrogate")]
    public void Mistakes_OfAnyKind_AreResults(string text, string message)
    {
        Evaluated evaluated = Expression.Evaluate(text, Scope);

        Assert.False(evaluated.Succeeded);
        Assert.Contains(message, evaluated.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Conditions_MustBeTrueOrFalse()
    {
        Assert.Equal(JsonValueKind.True, Parse("size(inputs.orders) == 2").EvaluateCondition(Scope).Value.ValueKind);
        Assert.Contains("not true or false", Parse("inputs.name").EvaluateCondition(Scope).Error, StringComparison.Ordinal);
        Assert.Contains("not a list", Parse("inputs.name").EvaluateList(Scope).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_OfAnExpression_LeaveOutItsOwnVariables()
    {
        Expression expression = Parse("steps.a.output.x.map(i, i + inputs.n) + [steps['b-c'].state, steps[inputs.which].output, foo(1)]");

        Assert.Equal(
            ["steps a output", "inputs n", "steps b-c state", "steps ", "inputs which"],
            expression.Names.Select(use => $"{use.Root} {string.Join(' ', use.Members)}"));
        Assert.Equal("foo", Assert.Single(expression.UnknownCalls).Name);
    }

    private static void Evaluates(string text, string expected)
    {
        Evaluated evaluated = Expression.Evaluate(text, Scope);

        Assert.Null(evaluated.Error);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), evaluated.Value), evaluated.Value.GetRawText());
    }

    private static Expression Parse(string text) => Assert.IsType<Expression>(Expression.Parse(text, out _));
}
