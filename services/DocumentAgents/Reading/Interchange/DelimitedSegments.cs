using System.Collections.Immutable;
using System.Text;

namespace DocumentAgents.Reading.Interchange;

/// <summary>The service characters of one interchange; <c>'\0'</c> where it has none.</summary>
internal sealed record ServiceCharacters(char Component, char Element, char Release, char Repetition, char Terminator);

/// <summary>Cuts EDIFACT and X12 into segments, elements, repetitions and components, undoing the release character.</summary>
internal sealed class DelimitedSegments(string text, int start, ServiceCharacters marks)
{
    private readonly StringBuilder value = new();
    private int at = start;
    private int line = 1 + text.AsSpan(0, start).Count('\n');

    /// <summary>The next segment, or null at the end. Text without a terminator is malformed: the interchange was cut off.</summary>
    public Segment? Next()
    {
        SkipBlank();
        if (at >= text.Length)
        {
            return null;
        }

        var (begin, beginLine) = (at, line);
        var elements = ImmutableArray.CreateBuilder<SegmentElement>();
        while (true)
        {
            elements.Add(Element());
            if (at >= text.Length && EndsWithoutMark(elements[0].Repetitions[0][0].Trim()))
            {
                break;
            }

            if (at >= text.Length)
            {
                throw ReadException.Malformed("the last segment has no terminator: the interchange is cut off", Place.Line(beginLine));
            }

            if (text[at++] == marks.Terminator)
            {
                break;
            }
        }

        var tag = elements[0].Repetitions[0][0].Trim();
        elements.RemoveAt(0);
        return new(tag, text[begin..(text[at - 1] == marks.Terminator ? at - 1 : at)], elements.ToImmutable(), Place.Line(beginLine));
    }

    // The end of the file ends the last line, and a closing segment that is there lacks nothing but its terminator.
    private bool EndsWithoutMark(string tag) => marks.Terminator == '\n' || tag is "IEA" or "UNZ";

    private SegmentElement Element()
    {
        var repetitions = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        var components = ImmutableArray.CreateBuilder<string>();
        while (true)
        {
            components.Add(Value());
            if (at >= text.Length || text[at] == marks.Element || text[at] == marks.Terminator)
            {
                repetitions.Add(components.ToImmutable());
                return new(repetitions.ToImmutable());
            }

            if (text[at++] != marks.Component)
            {
                repetitions.Add(components.ToImmutable());
                components.Clear();
            }
        }
    }

    private string Value()
    {
        value.Clear();
        for (; at < text.Length; at++)
        {
            var c = text[at];
            line += c == '\n' ? 1 : 0;
            if (c == marks.Release && marks.Release != '\0' && at + 1 < text.Length)
            {
                value.Append(text[++at]);
            }
            else if (IsMark(c))
            {
                break;
            }
            else
            {
                value.Append(c);
            }
        }

        return value.ToString();
    }

    private bool IsMark(char c) =>
        c == marks.Element || c == marks.Terminator || c == marks.Component || (c == marks.Repetition && marks.Repetition != '\0');

    private void SkipBlank()
    {
        for (; at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == '\u001a'); at++)
        {
            line += text[at] == '\n' ? 1 : 0;
        }
    }
}
