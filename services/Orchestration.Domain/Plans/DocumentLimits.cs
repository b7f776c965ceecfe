using System.Globalization;

namespace Orchestration.Domain.Plans;

/// <summary>What a document may use. A document beyond a limit is refused before it is held in memory.</summary>
/// <param name="MaxCharacters">Length of the text.</param>
/// <param name="MaxDepth">Nesting of lists and mappings.</param>
/// <param name="MaxNodes">Scalars, lists and mappings together.</param>
/// <param name="MaxText">Length of one string.</param>
public sealed record DocumentLimits(int MaxCharacters, int MaxDepth, int MaxNodes, int MaxText)
{
    /// <summary>
    /// For documents people send: 1.5 MiB (500 steps with inputs of 2 KiB fit), depth 64, 200 000 nodes, 256 KiB in one string.
    /// </summary>
    public static DocumentLimits Default { get; } = new(1536 * 1024, 64, 200_000, 256 * 1024);

    /// <summary>For documents the system wrote itself: a plan that passed the default limits, with its sub-plans written out.</summary>
    public static DocumentLimits Stored { get; } = new(64 * 1024 * 1024, 400, 10_000_000, 256 * 1024 * 1024);

    internal string? Exceeded(int depth, int nodes, int text) => this switch
    {
        _ when depth > MaxDepth => Message("is nested deeper than", MaxDepth, "levels"),
        _ when nodes > MaxNodes => Message("has more than", MaxNodes, "values"),
        _ when text > MaxText => Message("holds a string of more than", MaxText, "characters"),
        _ => null,
    };

    internal static string Message(string what, int limit, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"the document {what} {limit} {unit}");
}

/// <summary>Ends reading a document at its first fatal problem; caught in <see cref="DocumentReader"/>.</summary>
internal sealed class DocumentException(string code, Mark at, string message) : Exception(message)
{
    internal string Code => code;

    internal Mark At => at;
}
