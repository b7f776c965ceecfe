using System.Collections.Immutable;
using System.Security.Cryptography;
using DocumentAgents.Processing;
using Orchestration.AgentHost;

namespace DocumentAgents.Ingestion;

/// <summary>Checks that a document can be read and says what it is made of.</summary>
internal sealed class IngestSkill : Skill<DocumentInput, IngestedDocument>
{
    public override string Name => "ingest";

    public override string Description =>
        "Checks file and format of a document and returns its metadata; a document that cannot be read is refused with a classified error.";

    public override async Task<IngestedDocument> ExecuteAsync(
        DocumentInput input, SkillContext context, CancellationToken cancellationToken)
    {
        var bytes = await DocumentLoading.FetchAsync(input.Content, context, cancellationToken);
        var content = DocumentLoading.Read(input.Name, bytes, cancellationToken);
        return new IngestedDocument(
            input.Name,
            content.Format.ToString(),
            content.MediaType,
            bytes.Length,
            Convert.ToHexStringLower(SHA256.HashData(bytes)),
            content.Lines.Length,
            [.. content.Attachments.Select(attachment => attachment.Name)],
            content.Properties);
    }
}

/// <param name="Size">Bytes.</param>
/// <param name="Hash">SHA-256 of the content, lower-case hex.</param>
/// <param name="Lines">Lines of text found.</param>
/// <param name="Attachments">Files inside the document.</param>
/// <param name="Properties">What the format says about the document itself.</param>
internal sealed record IngestedDocument(
    string Name,
    string Format,
    string MediaType,
    long Size,
    string Hash,
    int Lines,
    ImmutableArray<string> Attachments,
    ImmutableDictionary<string, string> Properties);
