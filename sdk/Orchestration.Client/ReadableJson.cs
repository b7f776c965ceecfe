using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orchestration.Client;

/// <summary>JSON with letters of all languages as they are. Not for embedding in HTML.</summary>
internal static class ReadableJson
{
    /// <summary>For people: indented.</summary>
    public static JsonSerializerOptions Options { get; } =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For one of many lines.</summary>
    public static JsonSerializerOptions OneLine { get; } = new(Options) { WriteIndented = false };
}
