using System.Runtime.CompilerServices;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Plans;

/// <summary>Documents beside the tests, and plans from text.</summary>
internal static class Sample
{
    internal static string Text(string name, [CallerFilePath] string source = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(source)!, "Samples", name));

    internal static Plan Read(string text)
    {
        PlanReading reading = PlanReader.Read(text);
        Assert.Empty(reading.Problems);
        return Assert.IsType<Plan>(reading.Plan);
    }

    internal static Problem OnlyProblem(string text) => Assert.Single(PlanReader.Read(text).Problems);
}
