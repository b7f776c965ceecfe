using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace DocumentAgents.Reading;

/// <summary>The only way XML is parsed here: no DTD, no entities, nothing resolved, bounded depth and size.</summary>
internal static partial class SafeXml
{
    private const int MaxAttributes = 2_000;

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
        text = XmlDoctype.Remove(text);
        RefuseWideTags(text);
        try
        {
            Measure(text, source);
            using var reader = Open(text, source.Limits);
            return XDocument.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);
        }
        catch (XmlException e)
        {
            throw ReadException.Malformed(Reason(e), Place.Line(e.LineNumber, e.LinePosition));
        }
    }

    /// <summary>The reader's message ends with the place, which is told once.</summary>
    private static string Reason(XmlException problem)
    {
        var place = problem.Message.LastIndexOf(" Line ", StringComparison.Ordinal);
        return place > 0 ? problem.Message[..place] : problem.Message;
    }

    /// <summary>A reader over one part of an office archive.</summary>
    public static XmlReader OpenPart(byte[] part, ReadLimits limits)
    {
        var text = XmlDoctype.Remove(Decode(part).Text);
        RefuseWideTags(text);
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
        var nodes = 0;
        while (reader.Read())
        {
            nodes += 1 + reader.AttributeCount;
            if (reader.Depth > source.Limits.MaxXmlDepth)
            {
                throw ReadException.Limit($"elements nested deeper than {source.Limits.MaxXmlDepth}", Place.LineOf((IXmlLineInfo)reader));
            }

            if (nodes > source.Limits.MaxXmlNodes || reader.AttributeCount > MaxAttributes)
            {
                throw ReadException.Limit($"more than {source.Limits.MaxXmlNodes} nodes, or {MaxAttributes} attributes of one element");
            }

            if (reader.NodeType == XmlNodeType.EndElement)
            {
                source.Cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    // The parser compares the attributes of an element with each other before it shows any of them.
    private static void RefuseWideTags(string text)
    {
        for (var open = text.IndexOf('<', StringComparison.Ordinal); open >= 0 && open + 1 < text.Length;)
        {
            var next = text[open + 1] switch
            {
                '!' when text.AsSpan(open).StartsWith("<!--", StringComparison.Ordinal) =>
                    text.IndexOf("-->", open, StringComparison.Ordinal),
                '!' when text.AsSpan(open).StartsWith("<![CDATA[", StringComparison.Ordinal) =>
                    text.IndexOf("]]>", open, StringComparison.Ordinal),
                '!' => open + 2,
                '?' => text.IndexOf("?>", open, StringComparison.Ordinal),
                _ => EndOfTag(text, open + 1),
            };
            open = next < 0 ? -1 : text.IndexOf('<', next);
        }
    }

    // A value in quotes may hold what ends a tag elsewhere.
    private static int EndOfTag(string text, int at)
    {
        var attributes = 0;
        var quote = '\0';
        for (; at < text.Length; at++)
        {
            var character = text[at];
            if (quote != '\0')
            {
                quote = character == quote ? '\0' : quote;
            }
            else if (character is '"' or '\'')
            {
                quote = character;
            }
            else if (character is '>' or '<')
            {
                return at;
            }
            else if (character == '=' && ++attributes > MaxAttributes)
            {
                throw ReadException.Limit($"more than {MaxAttributes} attributes of one element");
            }
        }

        return -1;
    }

    [GeneratedRegex("""^(\xEF\xBB\xBF)?\s*<\?xml\b[^>]*?\bencoding\s*=\s*["'](?<encoding>[A-Za-z0-9._:-]+)["']""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
