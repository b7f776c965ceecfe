using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Reading;
using Orchestration.AgentHost;

namespace DocumentAgents.Processing;

/// <summary>What every specialist does around its own reading: fetch, read, refuse what cannot be.</summary>
internal abstract class ExtractSkill : Skill<TypedDocumentInput, ExtractedDocument>
{
    public override string Name => "extract";

    public override string Description => "Returns the fields of a document, each with its place and a confidence.";

    public override async Task<ExtractedDocument> ExecuteAsync(
        TypedDocumentInput input, SkillContext context, CancellationToken cancellationToken)
    {
        var content = await DocumentLoading.LoadAsync(input.Name, input.Content, context, cancellationToken);
        await context.ReportProgressAsync(50, "read", cancellationToken);
        var extraction = DocumentLoading.Guard(() => Extract(content, input.Type, cancellationToken));
        return extraction.Failures is [var impossible, ..]
            ? throw DocumentLoading.Refused(impossible)
            : new ExtractedDocument(
                input.Name, extraction.Type, content.Format.ToString(), extraction.Fields, extraction.Lines, extraction.Anomalies);
    }

    /// <summary>Finds the fields.</summary>
    protected abstract Extraction Extract(DocumentContent content, string type, CancellationToken cancellationToken);
}

/// <summary>A processed document.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Type">What it is; the specialist may have corrected classification.</param>
/// <param name="Anomalies">What does not add up but may be so.</param>
internal sealed record ExtractedDocument(
    string Name,
    string Type,
    string Format,
    ImmutableArray<Field> Fields,
    ImmutableArray<LineItem> Lines,
    ImmutableArray<Anomaly> Anomalies);

/// <summary>One document of a batch: processed, or the reason why not.</summary>
internal sealed record BatchEntry(ExtractedDocument? Document = null, EntryError? Error = null);

/// <param name="Class">transient, permanent, system or business.</param>
internal sealed record EntryError(string Code, string Class, string Message);
