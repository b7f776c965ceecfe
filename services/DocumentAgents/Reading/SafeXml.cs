using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace DocumentAgents.Reading;

/// <summary>The only way XML is parsed here: no DTD, no entities, nothing resolved, bounded depth and size.</summary>
internal static partial class SafeXml
{
    public static DecodedText Decode(ReadOnlySpan<byte> bytes)
    {
        var head = System.Text.Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 400)]);
        var declaration = Declaration().Match(head);
        var declared = declaration.Groups["encoding"] is { Success: true } group ? group.Value : "utf-8";
        if (TextDecoder.Named(declared) is null)
        {
            throw new ReadException(new(ReadFailureCodes.BadEncoding, $"unknown encoding '{declared}'", Place.Line(1)));
        }

        return TextDecoder.Decode(bytes, declared);
    }

    public static XDocument Parse(string text, DocumentSource source)
    {
        RefuseDoctype(text);
        try
        {
            Measure(text, source);
            using var reader = Open(text, source.Limits);
            return XDocument.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);
        }
        catch (XmlException e)
        {
            throw ReadException.Malformed(e.Message, Place.Line(e.LineNumber, e.LinePosition));
        }
    }

    /// <summary>A reader over one part of an office archive.</summary>
    public static XmlReader OpenPart(byte[] part, ReadLimits limits)
    {
        var text = Decode(part).Text;
        RefuseDoctype(text);
        return Open(text, limits);
    }

    private static XmlReader Open(string text, ReadLimits limits) => XmlReader.Create(
        new StringReader(text),
        new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = limits.MaxExpandedBytes,
            CloseInput = true,
        });

    // Before a tree is built, so that depth and size cost nothing but reading.
    private static void Measure(string text, DocumentSource source)
    {
        using var reader = Open(text, source.Limits);
        for (var nodes = 0; reader.Read(); nodes++)
        {
            if (reader.Depth > source.Limits.MaxXmlDepth)
            {
                throw ReadException.Limit($"elements nested deeper than {source.Limits.MaxXmlDepth}", Place.LineOf((IXmlLineInfo)reader));
            }

            if (nodes + reader.AttributeCount > source.Limits.MaxXmlNodes)
            {
                throw ReadException.Limit($"more than {source.Limits.MaxXmlNodes} nodes");
            }

            if (nodes % 4096 == 0)
            {
                source.Cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private static void RefuseDoctype(string text)
    {
        var rest = XmlProlog.Skip(text);
        if (rest.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase))
        {
            var line = text.AsSpan(0, text.Length - rest.Length).Count('\n') + 1;
            throw new ReadException(new(ReadFailureCodes.UnsafeXml, "a document type declaration, which can define entities, is not accepted", Place.Line(line)));
        }
    }

    [GeneratedRegex("""^(\xEF\xBB\xBF)?\s*<\?xml\b[^>]*?\bencoding\s*=\s*["'](?<encoding>[A-Za-z0-9._:-]+)["']""", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
