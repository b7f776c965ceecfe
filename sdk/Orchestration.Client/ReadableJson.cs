using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orchestration.Client;

/// <summary>JSON that people read: indented, with letters of all languages as they are. Not for embedding in HTML.</summary>
internal static class ReadableJson
{
    /// <summary>Options for a serializer.</summary>
    public static JsonSerializerOptions Options { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
