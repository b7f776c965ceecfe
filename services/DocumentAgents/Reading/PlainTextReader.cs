using System.Collections.Immutable;

namespace DocumentAgents.Reading;

/// <summary>Plain text and Markdown: lines as they stand.</summary>
internal static class PlainTextReader
{
    public static DocumentContent Read(DocumentSource source, DocumentFormat format)
    {
        var decoded = TextDecoder.Decode(source.Bytes.Span);
        return new()
        {
            Format = format,
            MediaType = format == DocumentFormat.Markdown ? "text/markdown" : "text/plain",
            Lines = TextLines.Of(decoded.Text, source.Limits),
            Properties = ImmutableDictionary<string, string>.Empty.Add("encoding", decoded.Encoding),
        };
    }
}
