using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Architecture.Tests;

public sealed partial class ShapeTests
{
    private static readonly string[] RootFiles =
    [
        ".editorconfig", ".gitattributes", ".gitignore", "BannedSymbols.txt", "CHANGELOG.md", "CodeMetricsConfig.txt", "Directory.Build.props",
        "Directory.Build.targets", "Directory.Packages.props", "LICENSE", "Orchestration.sln", "README.md", "dapr.yaml", "global.json",
        "skaffold.yaml",
    ];

    /// <summary>Project → what it may reference (docs/architecture.md). Test projects may reference anything.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Orchestration.Contracts"] = ["Grpc.Core.Api"],
        ["Orchestration.Domain"] = [],
        ["Orchestration.Hosting"] = ["Orchestration.Domain", "Grpc.AspNetCore", "Grpc.Core.Api", "Dapr.Client"],
        ["Orchestration.AgentHost"] =
            ["Orchestration.Contracts", "Orchestration.Domain", "Orchestration.Hosting", "Dapr.Client", "Dapr.AspNetCore",
            "Grpc.AspNetCore", "Grpc.Core.Api"],
        ["Orchestration.Client"] = ["Orchestration.Contracts", "Grpc.Core.Api"],
        ["Orchestrator"] = ["Orchestration.Contracts", "Orchestration.Domain", "Orchestration.Hosting", "Dapr.Client", "Dapr.AspNetCore",
            "Dapr.Workflow", "Grpc.AspNetCore", "Grpc.Core.Api"],
        ["Monitor"] = ["Orchestration.Contracts", "Orchestration.Domain", "Orchestration.Hosting", "Dapr.Client", "Dapr.AspNetCore",
            "Grpc.AspNetCore", "Grpc.Core.Api"],
        ["DocumentAgents"] = ["Orchestration.AgentHost", "Dapr.Client", "Grpc.AspNetCore", "Grpc.Core.Api"],
        ["Cli"] = ["Orchestration.Client", "Orchestration.Contracts", "Grpc.Core.Api"],
        ["Launcher"] = ["Orchestration.Client", "Orchestration.Contracts", "Grpc.Core.Api"],
        ["DurableEngine"] = [],
        ["Sidecar"] = ["DurableEngine", "Dapr.Protos", "Grpc.AspNetCore", "Grpc.Core.Api"],
    };

    [Fact]
    public void Root_HoldsOnlyWhatAReaderExpects()
        => None.Of(Repository.Files.Where(file => !file.Contains('/')).Except(RootFiles));

    [Fact]
    public void Projects_ReferenceOnlyWhatTheyMay()
        => None.Of(from file in Repository.Files
                        where file.EndsWith(".csproj", StringComparison.Ordinal) && !file.StartsWith("tests/", StringComparison.Ordinal)
                        let name = Path.GetFileNameWithoutExtension(file)
                        where Arrows.ContainsKey(name)
                        from reference in References(file)
                        where !Arrows[name].Contains(reference)
                        select $"{name} → {reference}");

    [Fact]
    public void Types_AreNamedForWhatTheyAre()
        => None.Of(from file in Repository.Sources
                        from type in file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
                        where !file.Path.StartsWith("sdk/Grpc.", StringComparison.Ordinal)
                            && MeaninglessName().IsMatch(type.Identifier.ValueText)
                        select $"{file.Path}:{SourceFile.LineOf(type)}: {type.Identifier}");

    [Fact]
    public void StaticFields_DoNotChange()
        => None.Of(from file in Repository.Sources
                        where !file.IsTest
                        from field in file.Syntax.DescendantNodes().OfType<FieldDeclarationSyntax>()
                        where field.Modifiers.Any(SyntaxKind.StaticKeyword) && !field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword)
                        select $"{file.Path}:{SourceFile.LineOf(field)}");

    [Fact]
    public void Code_HasNoUnfinishedOrHiddenParts()
        => None.Of(from file in Repository.Sources
                        where file.Path != "tests/Architecture.Tests/ShapeTests.cs"
                        from line in Repository.Read(file.Path).Split('\n').Index()
                        where Unfinished().IsMatch(line.Item) && !IsOfficialBehaviour(file, line.Item)
                        select $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}");

    [Fact]
    public void Documents_NameOnlyFilesThatExist()
        => None.Of(from file in Repository.Files
                        where file.EndsWith(".md", StringComparison.Ordinal)
                            && (file.StartsWith("docs/", StringComparison.Ordinal) || file == "README.md")
                        from Match link in Link().Matches(Repository.Read(file))
                        let target = link.Groups[1].Value
                        let path = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(file) ?? "", target))
                        where !File.Exists(path) && !Directory.Exists(path)
                        select $"{file} → {target}");

    /// <summary>The official gRPC API has members that throw it.</summary>
    private static bool IsOfficialBehaviour(SourceFile file, string line)
        => (file.Path.StartsWith("sdk/", StringComparison.Ordinal) || file.Path.StartsWith("tests/Sdk.Tests/", StringComparison.Ordinal))
            && line.Contains("NotImplementedException", StringComparison.Ordinal);

    private static IEnumerable<string> References(string project)
    {
        var document = XDocument.Parse(Repository.Read(project));
        var projects = document.Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));
        var standIns = document.Descendants("PackageReference").Select(reference => (string)reference.Attribute("Include")!)
            .Where(name => Directory.Exists(Path.Combine(Repository.Root, "sdk", name)));
        return projects.Concat(standIns);
    }

    [GeneratedRegex("(Manager|Helpers?|Utils?|Common|Misc|Base)$")]
    private static partial Regex MeaninglessName();

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException|#region|async void|Skip *= *""")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#\s]+)[^)]*\)")]
    private static partial Regex Link();
}
