using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace DocumentAgents.Reading.Interchange;

/// <summary>Open Financial Exchange: 1.x (SGML, values without end tags) and 2.x (XML) come out as the same tree.</summary>
internal static partial class OfxReader
{
    private const int MaxHeader = 4096;

    public static DocumentContent Read(DocumentSource source)
    {
        var decoded = TextDecoder.Decode(source.Bytes.Span, DeclaredCharset(source));
        var text = decoded.Text;
        if (Doctype().IsMatch(text))
        {
            throw new ReadException(new(ReadFailureCodes.UnsafeXml, "a declaration of entities is not accepted"));
        }

        var start = Root().Match(text);
        if (!start.Success)
        {
            throw ReadException.Malformed("no OFX element", Place.Line(1));
        }

        var properties = ImmutableDictionary.CreateBuilder<string, string>();
        properties["encoding"] = decoded.Encoding;
        foreach (Match header in Header().Matches(text[..Math.Min(start.Index, MaxHeader)]))
        {
            properties[header.Groups["name"].Value.ToLowerInvariant()] = header.Groups["value"].Value;
        }

        var document = new OfxTree(text, start.Index, source).Build();
        return new()
        {
            Format = DocumentFormat.Ofx,
            MediaType = "application/x-ofx",
            Xml = document,
            Lines = XmlDocumentReader.LinesOf(document, source),
            Properties = properties.ToImmutable(),
        };
    }

    // Many files say 1252 and are UTF-8; 1252 is what the decoder falls back to anyway, so only other charsets are taken at their word.
    private static string? DeclaredCharset(DocumentSource source)
    {
        var head = System.Text.Encoding.Latin1.GetString(source.Bytes.Span[..Math.Min(source.Bytes.Length, 600)]);
        var charset = Charset().Match(head).Groups["charset"].Value;
        return charset is "" or "1252" or "NONE" ? null
            : charset.All(char.IsAsciiDigit) ? "windows-" + charset
            : TextDecoder.Named(charset) is null ? null : charset;
    }

    [GeneratedRegex(@"<OFX\b[^<>]*>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Root();

    [GeneratedRegex(@"<!ENTITY\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Doctype();

    [GeneratedRegex(@"\b(?<name>[A-Z]{4,})\s*[:=]\s*""?(?<value>[A-Za-z0-9.-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Header();

    [GeneratedRegex(@"\bCHARSET:(?<charset>[A-Za-z0-9-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Charset();
}
