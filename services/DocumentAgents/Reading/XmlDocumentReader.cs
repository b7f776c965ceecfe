using System.Collections.Immutable;
using System.Xml.Linq;

namespace DocumentAgents.Reading;

/// <summary>XML as a tree, and every text and attribute of it as a line with its path.</summary>
internal static class XmlDocumentReader
{
    public static DocumentContent Read(DocumentSource source)
    {
        var decoded = SafeXml.Decode(source.Bytes.Span);
        var document = SafeXml.Parse(decoded.Text, source);
        return new()
        {
            Format = DocumentFormat.Xml,
            MediaType = "application/xml",
            Xml = document,
            Lines = LinesOf(document, source),
            Properties = ImmutableDictionary<string, string>.Empty.Add("encoding", decoded.Encoding),
        };
    }

    public static ImmutableArray<TextLine> LinesOf(XDocument document, DocumentSource source) => new XmlLines(source).Of(document);
}
