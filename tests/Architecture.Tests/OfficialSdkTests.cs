using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;
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
                   where line.Item.StartsWith("#if", StringComparison.Ordinal)
                       || (line.Item.Contains("OfficialSdk", StringComparison.Ordinal) && !file.IsTest)
                   select $"{file.Path}:{line.Index + 1}");

    /// <summary>
    /// The official packages show nobody their inside, and have public types of the names the sidecar's contract generates.
    /// </summary>
    [Fact]
    public void Project_OnThePackages_SeesNoMoreOfTheStandIns()
    {
        var projects = Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(file =>
                (File: file, Items: XDocument.Parse(Repository.Read(file)).Descendants()
                    .Where(node => node.Attribute("Include") is not null).ToList()))
            .ToList();
        var onPackages = projects.Where(project => !IsStandIn($"/{project.File}")
            && project.Items.Any(item => item.Name == "PackageReference" && IsDapr(item))).ToList();
        Assert.NotEmpty(onPackages);
        None.Of(from project in projects
                from item in project.Items
                where item.Name == "InternalsVisibleTo" && IsStandIn($"/{project.File}")
                    && onPackages.Exists(user => Path.GetFileNameWithoutExtension(user.File) == item.Attribute("Include")!.Value)
                select $"{project.File} opens its inside to {item.Attribute("Include")!.Value}");
        None.Of(from project in onPackages
                from item in project.Items
                where item.Attribute("Include")!.Value.EndsWith("Dapr.Protos.csproj", StringComparison.Ordinal)
                    && item.Attribute("Aliases") is null
                select $"{project.File} refers to Dapr.Protos without an alias");
    }

    private static bool IsDapr(XElement reference) => reference.Attribute("Include")!.Value.StartsWith("Dapr.", StringComparison.Ordinal);

    private static bool IsStandIn(string path) => path.Contains("/sdk/", StringComparison.Ordinal)
        && !path.EndsWith("Orchestration.Client.csproj", StringComparison.Ordinal);

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

    private static HashSet<string> Names(JsonElement items, string field) =>
        [.. items.EnumerateArray().Select(item => item.GetProperty(field).GetString()!)];
}
