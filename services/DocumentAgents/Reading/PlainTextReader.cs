using System.Collections.Immutable;

namespace DocumentAgents.Reading;

/// <summary>Plain text: lines as they stand; Markdown: without its marks.</summary>
internal static class PlainTextReader
{
    public static DocumentContent Read(DocumentSource source, DocumentFormat format)
    {
        var decoded = TextDecoder.Decode(source.Bytes.Span);
        var lines = TextLines.Of(decoded.Text, source.Limits);
        return new()
        {
            Format = format,
            MediaType = format == DocumentFormat.Markdown ? "text/markdown" : "text/plain",
            Lines = format == DocumentFormat.Markdown ? MarkdownLines.Of(lines) : lines,
            Properties = ImmutableDictionary<string, string>.Empty.Add("encoding", decoded.Encoding),
        };
    }
}
