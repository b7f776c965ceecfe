using System.Text.Json.Nodes;

namespace Cli.Conformance;

internal enum Verdict
{
    Pass,
    Fail,
    Skip,
}

/// <param name="Subject">The process, an agent, or "agent/skill".</param>
/// <param name="Rule">What is asked for, in a few words.</param>
/// <param name="Detail">What was seen instead; empty for a pass.</param>
internal sealed record Finding(Verdict Verdict, string Subject, string Rule, string Detail);

/// <summary>What a check found, in order.</summary>
internal sealed class ConformanceReport
{
    private readonly List<Finding> findings = [];

    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>True when nothing failed and something was checked.</summary>
    public bool IsKept => findings.Exists(f => f.Verdict == Verdict.Pass) && !findings.Exists(f => f.Verdict == Verdict.Fail);

    public void Add(string subject, string rule, string? problem) =>
        findings.Add(new Finding(problem is null ? Verdict.Pass : Verdict.Fail, subject, rule, problem ?? ""));

    public void Skip(string subject, string rule, string reason) => findings.Add(new Finding(Verdict.Skip, subject, rule, reason));

    public void Write(Output output)
    {
        var width = findings.Count == 0 ? 0 : findings.Max(f => f.Subject.Length);
        foreach (var finding in findings)
        {
            var word = finding.Verdict switch { Verdict.Pass => "ok  ", Verdict.Fail => "FAIL", _ => "skip" };
            output.Line($"{word}  {finding.Subject.PadRight(width)}  {finding.Rule}");
            if (finding.Detail.Length > 0)
            {
                output.Line($"      {new string(' ', width)}  {finding.Detail}");
            }
        }

        var (passed, failed, skipped) = (Count(Verdict.Pass), Count(Verdict.Fail), Count(Verdict.Skip));
        var checkedOf = failed == 0 ? $"{passed} rules checked" : $"{failed} of {passed + failed} rules";
        output.Line($"The contract is {(IsKept ? "" : "not ")}kept: {checkedOf}{(skipped > 0 ? $", {skipped} skipped" : "")}.");
        output.Json(new JsonObject
        {
            ["kept"] = IsKept,
            ["passed"] = passed,
            ["failed"] = failed,
            ["skipped"] = skipped,
            ["findings"] = new JsonArray([.. findings.Select(ToJson)]),
        });
    }

    private int Count(Verdict verdict) => findings.Count(finding => finding.Verdict == verdict);

    private static JsonObject ToJson(Finding finding) => new()
    {
        ["verdict"] = finding.Verdict.ToString().ToLowerInvariant(),
        ["subject"] = finding.Subject,
        ["rule"] = finding.Rule,
        ["detail"] = finding.Detail,
    };
}
