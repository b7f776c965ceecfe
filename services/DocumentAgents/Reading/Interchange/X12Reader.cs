namespace DocumentAgents.Reading.Interchange;

/// <summary>ANSI X12 interchanges; the ISA segment has a fixed length and names the service characters by position.</summary>
internal static class X12Reader
{
    private const int IsaLength = 106;

    public static DocumentContent Read(DocumentSource source)
    {
        var decoded = TextDecoder.Decode(source.Bytes.Span);
        var text = decoded.Text;
        var start = text.Length - text.AsSpan().TrimStart().Length;
        if (text.Length < start + IsaLength || !text.AsSpan(start).StartsWith("ISA"))
        {
            throw ReadException.Malformed("no complete ISA segment", Place.Line(1));
        }

        var isa = text.AsSpan(start, IsaLength);
        var repetition = char.IsLetterOrDigit(isa[82]) || isa[82] == ' ' ? '\0' : isa[82];
        var marks = new ServiceCharacters(isa[104], isa[3], '\0', repetition, isa[105]);
        var content = new SegmentedContent(DocumentFormat.X12, "application/edi-x12", source);
        content.RefuseTooMany(text, marks.Element, marks.Component, marks.Terminator);
        content.Add(Isa(text.Substring(start, IsaLength - 1), marks.Element));
        var segments = new DelimitedSegments(text, start + IsaLength, marks);
        while (segments.Next() is { } segment)
        {
            content.Add(segment);
        }

        return content.Has("IEA")
            ? content.WithLinesOfSegments(decoded)
            : throw ReadException.Malformed("the interchange has no end (IEA)", content.Last?.Place);
    }

    // Its elements hold the service characters themselves, so it is cut by the element separator only.
    private static Segment Isa(string text, char separator) =>
        new("ISA", text, [.. text.Split(separator).Skip(1).Select(SegmentElement.Of)], Place.Line(1));
}
