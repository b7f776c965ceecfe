using System.Collections.Immutable;

namespace DocumentAgents.Reading;

/// <summary>
/// One segment (EDIFACT, X12, HL7), field (MT940, QIF) or record (ACH). MT940, QIF and ACH have one element with the whole content,
/// lines of a longer MT940 field joined by line feeds.
/// </summary>
/// <param name="Tag"><c>BGM</c>, <c>PID</c>, <c>60F</c>, QIF <c>D</c> or <c>^</c>, ACH <c>6</c>.</param>
/// <param name="Text">As it stands in the document, without terminator.</param>
/// <param name="Elements">Without the tag: <c>Elements[0]</c> is the first element after it. For MSH of HL7 that is the field separator, so
/// that <c>Elements[n - 1]</c> is MSH-n.</param>
internal sealed record Segment(string Tag, string Text, ImmutableArray<SegmentElement> Elements, Place Place)
{
    /// <summary>A component, or the empty string when it is absent; all indexes are zero-based.</summary>
    public string Value(int element, int component = 0, int repetition = 0)
    {
        if (element < 0 || element >= Elements.Length)
        {
            return "";
        }

        var repetitions = Elements[element].Repetitions;
        return repetition >= 0 && repetition < repetitions.Length && component >= 0 && component < repetitions[repetition].Length
            ? repetitions[repetition][component]
            : "";
    }
}

/// <summary>An element with its repetitions (only HL7 and X12 have more than one), each a list of components with escapes undone.</summary>
internal sealed record SegmentElement(ImmutableArray<ImmutableArray<string>> Repetitions)
{
    public static SegmentElement Of(string value) => new([[value]]);
}
