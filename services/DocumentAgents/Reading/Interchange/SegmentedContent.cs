using System.Collections.Immutable;

namespace DocumentAgents.Reading.Interchange;

/// <summary>Makes the content of a segmented format, and keeps count while its segments are read.</summary>
internal sealed class SegmentedContent(DocumentFormat format, string mediaType, DocumentSource source)
{
    private readonly ImmutableArray<Segment>.Builder segments = ImmutableArray.CreateBuilder<Segment>();
    private readonly ImmutableDictionary<string, string>.Builder properties = ImmutableDictionary.CreateBuilder<string, string>();

    public int Count => segments.Count;

    /// <summary>Before text is cut up: every separator makes an object many times its size.</summary>
    public void RefuseTooMany(string text, params ReadOnlySpan<char> separators)
    {
        var count = 0;
        for (var rest = text.AsSpan(); rest.IndexOfAny(separators) is var at and >= 0; rest = rest[(at + 1)..])
        {
            if (++count > source.Limits.MaxCells)
            {
                throw ReadException.Limit($"more than {source.Limits.MaxCells} elements");
            }
        }
    }

    public Segment? Last => segments.Count == 0 ? null : segments[^1];

    public void Add(Segment segment)
    {
        if (segments.Count >= source.Limits.MaxLines)
        {
            throw ReadException.Limit($"more than {source.Limits.MaxLines} segments", segment.Place);
        }

        if (segments.Count % 4096 == 0)
        {
            source.Cancellation.ThrowIfCancellationRequested();
        }

        segments.Add(segment);
    }

    public void Set(string name, string value) => properties[name] = value;

    /// <summary>Whether the last of the opening tags has no closing one behind it.</summary>
    public bool Opened(string[] openings, string[] closings)
    {
        for (var i = segments.Count - 1; i >= 0; i--)
        {
            if (closings.Contains(segments[i].Tag) || openings.Contains(segments[i].Tag))
            {
                return openings.Contains(segments[i].Tag);
            }
        }

        return false;
    }

    public bool Has(string tag) => segments.Any(segment => segment.Tag == tag);

    /// <summary>The content with the lines as they stand in the file.</summary>
    public DocumentContent WithLinesOf(DecodedText decoded) => Content(TextLines.Of(decoded.Text, source.Limits), decoded);

    /// <summary>The content with one line for every segment, for formats in which a line break means nothing.</summary>
    public DocumentContent WithLinesOfSegments(DecodedText decoded) =>
        Content([.. segments.Select(segment => new TextLine(segment.Text.ReplaceLineEndings(" "), segment.Place))], decoded);

    private DocumentContent Content(ImmutableArray<TextLine> lines, DecodedText decoded) => new()
    {
        Format = format,
        MediaType = mediaType,
        Lines = lines,
        Segments = segments.ToImmutable(),
        Properties = properties.ToImmutable().SetItem("encoding", decoded.Encoding),
    };
}
