using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Orchestration.Domain.Planning;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Plans;

/// <summary>The reference of the language says what the code does.</summary>
public sealed partial class ReferenceTests
{
    public static TheoryData<string> Examples => [.. Example.Matches(Reference()).Select(match => match.Groups["text"].Value)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Reference_Examples_AreValid(string text) =>
        Assert.Empty(PlanValidator.ReadAndValidate(text, null, PlanLimits.Default).Problems);

    [Fact]
    public void Reference_Codes_AreThoseOfTheCode()
    {
        string[] codes = [.. typeof(ProblemCode).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!)];
        string listed = Reference()[Reference().IndexOf("## Problems", StringComparison.Ordinal)..];

        Assert.All(codes, code => Assert.Contains($"`{code}`", listed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("complex-query-processing.yaml")]
    [InlineData("session-initialization.js.txt")]
    [InlineData("parallel-execution.js.txt")]
    [InlineData("learning-session.js.txt")]
    [InlineData("parallel-analysis.js.txt")]
    [InlineData("fallback-plans.js.txt")]
    [InlineData("everything.yaml")]
    public void Samples_AsPrinted_AreValid(string sample) =>
        Assert.NotNull(Planner.Plan(Sample.Text(sample), null, PlanLimits.Default).Execution);

    private static string Reference([CallerFilePath] string source = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "..", "docs", "plan-language.md"));

    [GeneratedRegex(@"^```(yaml|json)\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example { get; }
}
