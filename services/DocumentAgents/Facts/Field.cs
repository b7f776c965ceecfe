using System.Collections.Immutable;
using DocumentAgents.Reading;

namespace DocumentAgents.Facts;

/// <summary>One value found in a document.</summary>
/// <param name="Name">What it is, e.g. <c>issue_date</c>. A name that occurs twice in a section is a list.</param>
/// <param name="Value">Amounts with a decimal point and no thousands marks, dates as ISO 8601, everything else as written.</param>
/// <param name="Confidence">From 0 to 1.</param>
internal sealed record Field(string Name, string Value, Place Place, double Confidence)
{
    /// <summary>Other values the document gives for the same thing, such as the trading name beside the legal name.</summary>
    public ImmutableArray<string> Also { get; init; } = [];

    /// <summary>The part of the document the value belongs to when there are several, e.g. <c>statements[1]</c>.</summary>
    public string? Section { get; init; }
}
