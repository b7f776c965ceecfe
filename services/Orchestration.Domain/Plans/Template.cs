using System.Text.Json;

namespace Orchestration.Domain.Plans;

/// <summary>
/// A JSON value whose strings may hold expressions, <c>${{ … }}</c>. A string that is one expression takes the type of
/// its value; expressions inside a longer string are inserted as text.
/// </summary>
/// <param name="Json">The value as written; it owns its memory (cloned from its document).</param>
public sealed record Template(JsonElement Json)
{
    /// <summary>The template of an empty object.</summary>
    public static Template Empty { get; } = new(JsonDocument.Parse("{}").RootElement.Clone());
}
