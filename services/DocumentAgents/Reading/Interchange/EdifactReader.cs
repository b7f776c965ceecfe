using System.Globalization;
using System.Text.RegularExpressions;

namespace DocumentAgents.Reading.Interchange;

/// <summary>UN/EDIFACT interchanges (ISO 9735), and those of TRADACOMS, which differ in the mark behind the tag.</summary>
internal static partial class EdifactReader
{
    public static DocumentContent Read(DocumentSource source)
    {
        var decoded = TextDecoder.Decode(source.Bytes.Span);
        var text = decoded.Text.AsSpan().TrimStart().StartsWith("STX=") ? TradacomsTag().Replace(decoded.Text, "$1+") : decoded.Text;
        var content = new SegmentedContent(DocumentFormat.Edifact, "application/edifact", source);
        var start = text.Length - text.AsSpan().TrimStart().Length;
        var marks = new ServiceCharacters(':', '+', '?', '\0', '\'');
        var decimalMark = '.';
        if (text.AsSpan(start).StartsWith("UNA") && text.Length >= start + 9)
        {
            var una = text.AsSpan(start + 3, 6);
            decimalMark = una[2];
            marks = new(una[0], una[1], una[3] == ' ' ? '\0' : una[3], una[4] is ' ' or '*' ? '\0' : una[4], una[5]);
            start += 9;
        }

        content.RefuseTooMany(text, marks.Element, marks.Component, marks.Terminator);
        var segments = new DelimitedSegments(text, start, marks);
        while (segments.Next() is { } segment)
        {
            content.Add(segment);
        }

        RequireEnvelope(content);
        content.Set("decimal", decimalMark.ToString(CultureInfo.InvariantCulture));
        return content.WithLinesOfSegments(decoded);
    }

    private static void RequireEnvelope(SegmentedContent content)
    {
        if (content.Has("STX"))
        {
            if (!content.Has("END"))
            {
                throw ReadException.Malformed("the interchange has no end (END)", content.Last?.Place);
            }

            return;
        }

        if (!content.Has("UNH"))
        {
            throw ReadException.Malformed("no message header (UNH)");
        }

        if (!content.Has("UNT") || (content.Has("UNB") && !content.Has("UNZ")))
        {
            throw ReadException.Malformed("the message or interchange has no end (UNT, UNZ)", content.Last?.Place);
        }
    }

    // A tag at the beginning or behind a terminator.
    [GeneratedRegex(@"(?<=^\s*|(?<!\?)'\s{0,8})([A-Z]{3})=")]
    private static partial Regex TradacomsTag();
}
