namespace Orchestration.Domain.Tests.Expressions;

public sealed class ConformanceTests
{
    [Fact]
    public void Vectors_OfTheStandard_AllPass()
    {
        string folder = CelVectors.Folder();
        Assert.SkipUnless(Directory.Exists(folder), $"no vectors in {folder}; set ORCHESTRATION_SHARED");

        var failures = new List<string>();
        foreach (string file in Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal))
        {
            var vectors = CelVectors.Read(file).ToList();
            string[] failed = [.. vectors.Select(CelVectors.Check).OfType<string>()];
            TestContext.Current.SendDiagnosticMessage($"{Path.GetFileName(file)}: {vectors.Count - failed.Length} of {vectors.Count}");
            failures.AddRange(failed);
        }

        Assert.Empty(failures);
    }
}
