using System.CommandLine;

namespace Cli.Runs;

/// <summary><c>--request-id</c>: by which a request that is made again is known.</summary>
internal static class RequestIdOption
{
    public static Option<string?> Create(string description) => new("--request-id") { Description = description };

    /// <summary>What the caller gave, else one that nobody else has.</summary>
    public static string Read(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) ?? $"cli-{Guid.NewGuid():N}";
}
