using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Plans;

/// <summary>Durations, version ranges and YAML scalars.</summary>
public sealed class ValueTextTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("2s", 2000)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("1d 2h", 93_600_000)]
    [InlineData("PT5M", 300_000)]
    [InlineData("P1DT1S", 86_401_000)]
    public void Duration_AnyForm_IsRead(string text, double milliseconds) =>
        Assert.Equal(milliseconds, DurationText.Parse(text)!.Value.TotalMilliseconds);

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("-5s")]
    [InlineData("5x")]
    [InlineData("PT")]
    [InlineData("-PT5M")]
    [InlineData("99999d")]
    [InlineData("99999999999999999999s")]
    public void Duration_AnythingElse_IsNone(string text) => Assert.Null(DurationText.Parse(text));

    [Theory]
    [InlineData(">=1.2 <2", "1.2.0", true)]
    [InlineData(">= 1.2 < 2", "2.0.0", false)]
    [InlineData("^1.4", "1.9.9", true)]
    [InlineData("^1.4", "1.3.9", false)]
    [InlineData("^0.4", "0.5.0", false)]
    [InlineData("~1.4.2", "1.4.9", true)]
    [InlineData("~1.4.2", "1.5.0", false)]
    [InlineData("1.x", "1.7.3", true)]
    [InlineData("1", "1.7.3", true)]
    [InlineData("=1.7.3", "1.7.3-beta+5", true)]
    [InlineData("<=1.7", "1.7.3", true)]
    [InlineData(">1.7", "1.7.3", false)]
    [InlineData("*", "0.0.1", true)]
    [InlineData("1.x || 3.x", "3.1.0", true)]
    [InlineData("1.x || 3.x", "2.1.0", false)]
    [InlineData("1.x", "not a version", false)]
    public void VersionRange_Accepts_WhatItSays(string range, string version, bool accepted) =>
        Assert.Equal(accepted, VersionRange.Parse(range)!.Accepts(version));

    [Theory]
    [InlineData("")]
    [InlineData("newest")]
    [InlineData("1.2.3.4")]
    [InlineData(">>1")]
    [InlineData("1 ||")]
    public void VersionRange_AnythingElse_IsNone(string range) => Assert.Null(VersionRange.Parse(range));

    [Theory]
    [InlineData("yes", "\"yes\"")]
    [InlineData("12:30", "\"12:30\"")]
    [InlineData("0x1F", "31")]
    [InlineData("+7", "7")]
    [InlineData("007", "7")]
    [InlineData(".5", "0.5")]
    [InlineData("1.50", "1.50")]
    [InlineData("1e3", "1e3")]
    [InlineData(".inf", "\".inf\"")]
    [InlineData("~", "null")]
    [InlineData("True", "true")]
    [InlineData("'1'", "\"1\"")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1_000", "\"1_000\"")]
    public void Yaml_PlainScalar_HasTheTypeOfTheCoreSchema(string text, string json)
    {
        Plan plan = Sample.Read($"id: p\nsteps: {{a: {{agent: x, input: [{text}]}}}}");

        Assert.Equal($"[{json}]", StepExpressions.InputOf(plan.Steps[0].Work)!.Json.GetRawText());
    }
}
