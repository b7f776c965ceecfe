using System.Runtime.CompilerServices;
using Xunit;

namespace Agents.Tests.Reading;

/// <summary>The folder of documents that stands beside the repository, when it does.</summary>
internal static class SharedDocuments
{
    /// <summary>Its path; skips the test where there is none.</summary>
    public static string Folder([CallerFilePath] string here = "")
    {
        var shared = Environment.GetEnvironmentVariable("ORCHESTRATION_SHARED")
            ?? Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "shared");
        var folder = Path.GetFullPath(Path.Combine(shared, "data", "documents"));
        Assert.SkipUnless(Directory.Exists(folder), $"no documents at {folder}; set ORCHESTRATION_SHARED");
        return folder;
    }

    public static IEnumerable<string> Files(string folder) =>
        new[] { "docs", "related", "hostile" }.SelectMany(part => Directory.EnumerateFiles(Path.Combine(folder, part)))
            .Order(StringComparer.Ordinal);

    /// <summary>The rows of labels.csv by column name.</summary>
    public static List<Dictionary<string, string>> Labels(string folder)
    {
        var table = ReadingSamples.Content("labels.csv", File.ReadAllBytes(Path.Combine(folder, "labels.csv"))).Tables[0];
        return [.. table.Rows.Skip(1).Select(row => table.Rows[0].Zip(row).ToDictionary(cell => cell.First, cell => cell.Second))];
    }
}
