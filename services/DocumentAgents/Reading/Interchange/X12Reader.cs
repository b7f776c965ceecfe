namespace DocumentAgents.Reading.Interchange;

/// <summary>
/// ANSI X12 interchanges. The ISA segment names the service characters by position; elements that lost their padding do no harm.
/// </summary>
internal static class X12Reader
{
    private const int Elements = 16;

    public static DocumentContent Read(DocumentSource source)
    {
        var decoded = TextDecoder.Decode(source.Bytes.Span);
        var text = decoded.Text;
        var start = text.Length - text.AsSpan().TrimStart().Length;
        var isInterchange = text.AsSpan(start).StartsWith("ISA");
        var end = isInterchange ? EndOfIsa(text, start) : start - 1;
        var marks = isInterchange ? Marks(text[start..end], text[end]) : MarksOfSet(text, start);
        var content = new SegmentedContent(DocumentFormat.X12, "application/edi-x12", source);
        content.RefuseTooMany(text, marks.Element, marks.Component, marks.Terminator);
        if (isInterchange)
        {
            content.Add(Isa(text[start..end], marks.Element));
        }

        var segments = new DelimitedSegments(text, end + 1, marks);
        while (segments.Next() is { } segment)
        {
            content.Add(segment);
        }

        var last = isInterchange ? "IEA" : "SE";
        return content.Has(last)
            ? content.WithLinesOfSegments(decoded)
            : throw ReadException.Malformed($"the interchange has no end ({last})", content.Last?.Place);
    }

    private static ServiceCharacters Marks(string isa, char terminator)
    {
        var repetition = isa.Split(isa[3])[11] is [var mark] && !char.IsLetterOrDigit(mark) && mark != ' ' ? mark : '\0';
        return new(isa[^1], isa[3], '\0', repetition, terminator);
    }

    // A transaction set or a group alone, as examples show them: what is usual between its segments, else the ends of lines.
    private static ServiceCharacters MarksOfSet(string text, int start) =>
        new('>', text[start + 2], '\0', '\0', text.Contains('~') ? '~' : '\n');

    // Where the terminator stands: behind the one character of the last element.
    private static int EndOfIsa(string text, int start)
    {
        var at = start + 3;
        for (var element = 1; element < Elements && at >= 0 && at < text.Length; element++)
        {
            at = text.IndexOf(text[start + 3], at + 1);
        }

        return at >= 0 && at + 2 < text.Length && at < start + 200
            ? at + 2
            : throw ReadException.Malformed("no complete ISA segment", Place.Line(1));
    }

    // Its elements hold the service characters themselves, so it is cut by the element separator only.
    private static Segment Isa(string text, char separator) =>
        new("ISA", text, [.. text.Split(separator).Skip(1).Select(SegmentElement.Of)], Place.Line(1));
}
