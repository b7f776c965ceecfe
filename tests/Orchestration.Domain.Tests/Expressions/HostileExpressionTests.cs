using FsCheck;
using FsCheck.Fluent;
using System.Text.Json;
using Orchestration.Domain.Expressions;

namespace Orchestration.Domain.Tests.Expressions;

/// <summary>Expressions made to run for ever or to fill the memory end early with an error.</summary>
public sealed class HostileExpressionTests
{
    private static readonly ExpressionScope Scope = new()
    {
        Inputs = JsonElement.Parse($$"""
            {"list": [{{string.Join(',', Enumerable.Range(0, 20_000))}}],
             "map": { {{string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"k{i}\": {i}"))}} },
             "text": "{{new string('a', 500_000)}}"}
            """),
    };

    public static TheoryData<string> Endless => new()
    {
        "[1,2,3,4,5,6,7,8,9,10]".Nest(9, (list, inner) => $"{list}.map(x, {inner})"),
        "inputs.list.all(x, inputs.list.all(y, x + y >= 0))",
        "inputs.list.all(x, inputs.list.exists(y, y == x))",
        "inputs.list.map(x, inputs.map.k0).size() > 0 && inputs.list.all(x, inputs.map.k19999 > 0)",
        "inputs.list.exists(x, 'nothing' in inputs.map && inputs.map == inputs.map)",
        "['aaaaaaaaaaaaaaaa']".Nest(40, (list, inner) => $"[{inner}[0] + {inner}[0]]", shared: true),
        "[inputs.text]".Nest(30, (list, inner) => $"{inner}.map(t, t + t)"),
        "inputs.list.all(x, inputs.text.contains('b') == false)",
        "inputs.list.all(x, inputs.text.matches('(a|aa)+b') == false)",
        "inputs.list.all(x, size(inputs.text) > 0)",
        "inputs.list.all(x, int(inputs.text + '1') == 0)",
        "inputs.list.exists(x, inputs.unknown.exists(y, inputs.list.all(z, z > x)))"
            + " || inputs.list.all(a, inputs.list.all(b, a.c || b.d))",
    };

    [Theory]
    [MemberData(nameof(Endless))]
    public void Evaluate_EndlessWork_StopsWithAnError(string text)
    {
        Evaluated evaluated = Expression.Evaluate(text, Scope);

        Assert.False(evaluated.Succeeded, evaluated.Succeeded ? evaluated.Value.GetRawText()[..40] : "");
        Assert.Matches("takes more than|too much data|nested too deeply|at most", evaluated.Error);
    }

    [Theory]
    [InlineData("(", 100_000)]
    [InlineData("[", 10_000)]
    [InlineData("{1:", 5_000)]
    [InlineData("-(", 8_000)]
    [InlineData("!", 16_000)]
    [InlineData("a.", 8_000)]
    [InlineData("a[0]", 4_000)]
    [InlineData("1+", 8_000)]
    [InlineData("a?b:", 4_000)]
    [InlineData("f(", 8_000)]
    [InlineData("a&&", 5_000)]
    public void Parse_DeepNesting_StaysOnTheStack(string piece, int count)
    {
        string text = string.Concat(Enumerable.Repeat(piece, count));

        Expression.Parse(text, out _);
        Expression.Parse(text + "1", out _)?.Evaluate(Scope);
    }

    [Fact]
    public void Parse_DeepestAllowed_Evaluates() =>
        Assert.Equal("1", Expression.Evaluate(new string('(', 190) + "1" + new string(')', 190), Scope).Value.GetRawText());

    [Fact]
    public void Evaluate_RandomTokens_NeverThrows()
    {
        string[] tokens =
        [
            "1", "2u", "-3.5", "'a'", "b'b'", "null", "true", "inputs", "x", ".", ".list", "[", "]", "(", ")", "{", "}", ":", ",", "?", "+", "-", "*", "/",
            "%", "==", "<", " in ", "&&", "||", "!", "size(", "has(", ".map(x,", ".all(x,", "timestamp(", "duration('1h')", "int(", "string(", ".matches(", "[0]",
        ];
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            string text = string.Concat(bytes.Select(b => tokens[b % tokens.Length]));
            Evaluated evaluated = Expression.Evaluate(text, new ExpressionScope { Inputs = JsonElement.Parse("""{"list":[1,2]}""") });
            return evaluated.Succeeded == (evaluated.Value.ValueKind != JsonValueKind.Undefined);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithEndSize(60));
    }
}

internal static class Nesting
{
    /// <summary>Puts a text into itself, a number of times; shared puts the last result in twice.</summary>
    internal static string Nest(this string start, int times, Func<string, string, string> around, bool shared = false)
    {
        string text = start;
        for (int i = 0; i < times && text.Length < 20_000; i++)
        {
            text = around(start, text);
        }

        return shared ? text[..Math.Min(text.Length, 40_000)] : text;
    }
}
