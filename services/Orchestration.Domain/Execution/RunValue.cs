using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestration.Domain.Execution;

/// <summary>
/// A value that travels through a run: a closed family. Small ones stand in the run's history as they are; large ones are
/// kept as blobs and only their address travels.
/// </summary>
[JsonConverter(typeof(RunValueConverter))]
public abstract record RunValue
{
    // What is four bytes in UTF-8 is escaped as two halves in a history.
    private const byte FirstOfFour = 0xF0;
    private const int EscapedPair = 12;

    private RunValue() { }

    /// <summary>The value null.</summary>
    public static RunValue Null { get; } = new Inline(JsonDocument.Parse("null").RootElement.Clone());

    /// <summary>True when the value, with all that is inside it, is at hand without reading a blob.</summary>
    public abstract bool IsInline { get; }

    /// <summary>Bytes the value takes in a history, roughly.</summary>
    public abstract long Weight { get; }

    /// <summary>A value that is at hand.</summary>
    /// <param name="Json">The value; it owns its memory.</param>
    public sealed record Inline(JsonElement Json) : RunValue
    {
        /// <inheritdoc/>
        public override bool IsInline => true;

        /// <inheritdoc/>
        public override long Weight => SizeOf(Json);
    }

    /// <summary>A JSON value kept as a blob in the collection of the root run.</summary>
    /// <param name="Hash">SHA-256 of the content, base64url without padding (43 characters).</param>
    /// <param name="Size">Bytes.</param>
    public sealed record Blob(string Hash, long Size) : RunValue
    {
        /// <inheritdoc/>
        public override bool IsInline => false;

        /// <inheritdoc/>
        public override long Weight => Hash.Length + 12;
    }

    /// <summary>A list whose elements may each be at hand or a blob: the results of a repeated step.</summary>
    /// <param name="Items">The elements, in order.</param>
    public sealed record List(ImmutableArray<RunValue> Items) : RunValue
    {
        /// <inheritdoc/>
        public override bool IsInline => Items.All(item => item.IsInline);

        /// <inheritdoc/>
        public override long Weight => Items.Sum(item => item.Weight + 1);
    }

    /// <summary>A long list in parts: the results of a repeated step that outlived a history.</summary>
    /// <param name="Items">The parts, in order.</param>
    public sealed record Parts(ImmutableArray<Part> Items) : RunValue
    {
        /// <inheritdoc/>
        public override bool IsInline => false;

        /// <inheritdoc/>
        public override long Weight => Items.Sum(part => part.Values.Weight + 8);
    }

    /// <summary>A part of a long list.</summary>
    /// <param name="Count">Number of elements.</param>
    /// <param name="Values">A list, or the blob of one: of run values, not of plain JSON.</param>
    public sealed record Part(int Count, RunValue Values);

    /// <summary>Bytes a JSON value takes in a history at most.</summary>
    /// <param name="json">The value.</param>
    public static long SizeOf(JsonElement json)
    {
        var text = JsonMarshal.GetRawUtf8Value(json);
        var size = (long)text.Length;
        foreach (var part in text)
        {
            size += part >= FirstOfFour ? EscapedPair - 4 : 0;
        }

        return size;
    }

    /// <summary>Wraps a JSON value, which is copied.</summary>
    public static RunValue Of(JsonElement json) => new Inline(json.Clone());

    /// <summary>The value as one JSON value.</summary>
    /// <exception cref="InvalidOperationException">The value holds a blob; see <see cref="IsInline"/>.</exception>
    public JsonElement ToJson() => this switch
    {
        Inline inline => inline.Json,
        List list =>
            JsonSerializer.SerializeToElement(list.Items.Select(item => item.ToJson()).ToArray(), ExecutionJson.Default.JsonElementArray),
        _ => throw new InvalidOperationException("a blob is not at hand"),
    };
}
