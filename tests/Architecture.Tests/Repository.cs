using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Architecture.Tests;

/// <summary>The files of the repository as git knows them.</summary>
internal static class Repository
{
    private static readonly Lazy<IReadOnlyList<string>> Tracked = new(ListFiles);
    private static readonly Lazy<IReadOnlyList<SourceFile>> Parsed = new(() =>
        [.. Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal)).Select(SourceFile.Parse)]);

    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files => Tracked.Value;

    public static IReadOnlyList<SourceFile> Sources => Parsed.Value;

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Directory.Build.props")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }

    private static List<string> ListFiles()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        })!;
        var names = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. names.Where(name => File.Exists(Path.Combine(Root, name))).Order(StringComparer.Ordinal)];
    }
}

/// <summary>One C# file and its syntax.</summary>
internal sealed record SourceFile(string Path, SyntaxNode Syntax, int Lines)
{
    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    public static SourceFile Parse(string path)
    {
        var text = Repository.Read(path);
        return new SourceFile(path, CSharpSyntaxTree.ParseText(text).GetRoot(), text.AsSpan().Count('\n'));
    }

    public static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
