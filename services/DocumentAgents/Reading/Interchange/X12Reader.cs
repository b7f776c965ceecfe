namespace DocumentAgents.Reading.Interchange;

/// <summary>ANSI X12 interchanges. The ISA segment names the service characters by position; elements that lost their padding do no harm.</summary>
internal static class X12Reader
{
    private const int Elements = 16;

    public static DocumentContent Read(DocumentSource source)
    {
        var decoded = TextDecoder.Decode(source.Bytes.Span);
        var text = decoded.Text;
        var start = text.Length - text.AsSpan().TrimStart().Length;
        var end = text.AsSpan(start).StartsWith("ISA") ? EndOfIsa(text, start) : -1;
        if (end < 0)
        {
            throw ReadException.Malformed("no complete ISA segment", Place.Line(1));
        }

        var isa = text[start..end];
        var repetition = isa.Split(isa[3])[11] is [var mark] && !char.IsLetterOrDigit(mark) && mark != ' ' ? mark : '\0';
        var marks = new ServiceCharacters(isa[^1], isa[3], '\0', repetition, text[end]);
        var content = new SegmentedContent(DocumentFormat.X12, "application/edi-x12", source);
        content.RefuseTooMany(text, marks.Element, marks.Component, marks.Terminator);
        content.Add(Isa(isa, marks.Element));
        var segments = new DelimitedSegments(text, end + 1, marks);
        while (segments.Next() is { } segment)
        {
            content.Add(segment);
        }

        return content.Has("IEA")
            ? content.WithLinesOfSegments(decoded)
            : throw ReadException.Malformed("the interchange has no end (IEA)", content.Last?.Place);
    }

    // Where the terminator stands: behind the one character of the last element.
    private static int EndOfIsa(string text, int start)
    {
        var at = start + 3;
        for (var element = 1; element < Elements && at >= 0 && at < text.Length; element++)
        {
            at = text.IndexOf(text[start + 3], at + 1);
        }

        return at >= 0 && at + 2 < text.Length && at < start + 200 ? at + 2 : -1;
    }

    // Its elements hold the service characters themselves, so it is cut by the element separator only.
    private static Segment Isa(string text, char separator) =>
        new("ISA", text, [.. text.Split(separator).Skip(1).Select(SegmentElement.Of)], Place.Line(1));
}
