using System.Text.Json.Serialization;

namespace Orchestration.AgentHost;

/// <summary>
/// Stands in inputs and outputs for content that is too large to travel with them; in JSON <c>{"$blob": "collection/hash", "size": n}</c>.
/// </summary>
/// <param name="Blob">Collection and SHA-256 of the content, lower-case hex, joined by a slash.</param>
/// <param name="Size">Bytes.</param>
public sealed record BlobReference(
    [property: JsonPropertyName("$blob")] string Blob,
    [property: JsonPropertyName("size")] long Size);
