namespace DocumentAgents.Reading.Interchange;

/// <summary>Quicken interchange: a letter and its value on every line, <c>^</c> after every record, <c>!</c> before a section.</summary>
internal static class QifReader
{
    public static DocumentContent Read(DocumentSource source)
    {
        var decoded = TextDecoder.Decode(source.Bytes.Span);
        var content = new SegmentedContent(DocumentFormat.Qif, "application/qif", source);
        var number = 0;
        foreach (var part in decoded.Text.AsSpan().EnumerateLines())
        {
            number++;
            var line = part.TrimEnd();
            if (!line.IsEmpty)
            {
                content.Add(new(line[..1].ToString(), line.ToString(), [SegmentElement.Of(line[1..].ToString())], Place.Line(number)));
            }
        }

        if (!content.Has("!") && !(content.Has("^") && content.Has("D") && content.Has("T")))
        {
            throw ReadException.Malformed("neither a section (!Type:) nor complete records", Place.Line(1));
        }

        if (content.Last is not { Tag: "^" or "!" })
        {
            throw ReadException.Malformed("the last record has no end (^)", content.Last?.Place);
        }

        return content.WithLinesOf(decoded);
    }
}
