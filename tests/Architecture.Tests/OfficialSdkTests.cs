using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Architecture.Tests;

/// <summary>-p:OfficialSdk=true changes where some packages come from, and nothing else.</summary>
public sealed class OfficialSdkTests
{
    public static TheoryData<string> Projects => [.. Repository.Files.Where(file
        => file.EndsWith(".csproj", StringComparison.Ordinal) && file.StartsWith("services/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Switch_ChangesOnlyTheSourceOfPackages(string project)
    {
        var standIns = Evaluate(project, officialSdk: false);
        var official = Evaluate(project, officialSdk: true);

        var replaced = standIns.Projects.Except(official.Projects).Where(IsStandIn).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        None.Of(official.Projects.Except(standIns.Projects));
        None.Of(standIns.Projects.Except(official.Projects).Where(path => !IsStandIn(path)));
        None.Of(standIns.Packages.Except(official.Packages));
        Assert.All(official.Packages.Except(standIns.Packages), package => Assert.Contains(package, replaced));
        Assert.DoesNotContain(official.Projects, IsStandIn);
    }

    [Fact]
    public void Code_HasNoSecondPath()
        => None.Of(from file in Repository.Sources
                   from line in Repository.Read(file.Path).Split('\n').Index()
                   where line.Item.StartsWith("#if", StringComparison.Ordinal) || (line.Item.Contains("OfficialSdk", StringComparison.Ordinal) && !file.IsTest)
                   select $"{file.Path}:{line.Index + 1}");

    private static bool IsStandIn(string path) => path.Contains("/sdk/", StringComparison.Ordinal) && !path.EndsWith("Orchestration.Client.csproj", StringComparison.Ordinal);

    private static (HashSet<string> Projects, HashSet<string> Packages) Evaluate(string project, bool officialSdk)
    {
        using var evaluation = Process.Start(new ProcessStartInfo(
            "dotnet", ["msbuild", project, $"-p:OfficialSdk={officialSdk}", "-getItem:ProjectReference,PackageReference"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        })!;
        using var items = JsonDocument.Parse(evaluation.StandardOutput.ReadToEnd());
        var all = items.RootElement.GetProperty("Items");
        return (Names(all.GetProperty("ProjectReference"), "FullPath"), Names(all.GetProperty("PackageReference"), "Identity"));
    }

    private static HashSet<string> Names(JsonElement items, string field) => [.. items.EnumerateArray().Select(item => item.GetProperty(field).GetString()!)];
}
