using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestration.Hosting.Blobs;

/// <summary>Stands in JSON for content that is too large to travel with it: <c>{"$blob": "collection/hash", "size": n}</c>.</summary>
/// <param name="Blob">Collection and SHA-256 of the content, lower-case hex, joined by a slash.</param>
/// <param name="Size">Bytes.</param>
public sealed record BlobReference(
    [property: JsonPropertyName("$blob")] string Blob,
    [property: JsonPropertyName("size")] long Size)
{
    /// <summary>Reads a reference; false when the value is anything else.</summary>
    public static bool TryRead(JsonElement json, out BlobReference reference)
    {
        reference = new BlobReference("", 0);
        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("$blob", out var blob) || blob.ValueKind != JsonValueKind.String
            || !json.TryGetProperty("size", out var size) || size.ValueKind != JsonValueKind.Number || !size.TryGetInt64(out var bytes))
        {
            return false;
        }

        reference = new BlobReference(blob.GetString()!, bytes);
        return true;
    }
}
