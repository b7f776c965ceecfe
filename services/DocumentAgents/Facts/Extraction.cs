using System.Collections.Immutable;
using DocumentAgents.Reading;

namespace DocumentAgents.Facts;

/// <summary>What a specialist found in one document.</summary>
/// <param name="Type">One of <see cref="DocumentType"/>; a specialist may correct what classification said.</param>
internal sealed record Extraction(string Type, ImmutableArray<Field> Fields)
{
    public ImmutableArray<LineItem> Lines { get; init; } = [];

    /// <summary>
    /// Values that cannot be: with one of these the document is not accepted, though what was found is kept for the person who looks at it.
    /// </summary>
    public ImmutableArray<ReadFailure> Failures { get; init; } = [];

    /// <summary>What does not add up but may be so: work for quality review.</summary>
    public ImmutableArray<Anomaly> Anomalies { get; init; } = [];

    public Field? Find(string name) => Fields.FirstOrDefault(field => field.Name == name);

    public string? Value(string name) => Find(name)?.Value;

    public decimal? Amount(string name) => Find(name) is { } field ? Facts.Amount.Invariant(field.Value) : null;

    public IEnumerable<Field> All(string name) => Fields.Where(field => field.Name == name);
}

/// <summary>Something a person should know about a document.</summary>
/// <param name="Code">A short name for the rule, e.g. <c>totals_differ</c>.</param>
internal sealed record Anomaly(string Code, string Message, Place? Place = null);
