using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace DocumentAgents.Reading.Html;

/// <summary>HTML as a person sees it: blocks become lines, tables become tables as well.</summary>
internal static partial class HtmlDocumentReader
{
    public static DocumentContent Read(DocumentSource source)
    {
        var decoded = Decode(source.Bytes.Span);
        var page = new HtmlPage(decoded.Text, source);
        page.Read();
        return new()
        {
            Format = DocumentFormat.Html,
            MediaType = "text/html",
            Lines = page.Lines,
            Tables = page.Tables,
            Properties = page.Properties.SetItem("encoding", decoded.Encoding),
        };
    }

    /// <summary>The lines and tables of HTML inside something else, such as an e-mail.</summary>
    public static (ImmutableArray<TextLine> Lines, ImmutableArray<Table> Tables) ReadFragment(string html, DocumentSource source)
    {
        var page = new HtmlPage(html, source);
        page.Read();
        return (page.Lines, page.Tables);
    }

    private static DecodedText Decode(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 2048)]);
        var charset = Charset().Match(head).Groups["charset"].Value;
        try
        {
            return TextDecoder.Decode(bytes, charset.Length == 0 ? null : charset);
        }
        catch (ReadException) when (charset.Length > 0)
        {
            // Pages lie about their charset often enough that browsers guess, too.
            return TextDecoder.Decode(bytes);
        }
    }

    [GeneratedRegex("""(?:<meta[^>]{0,200}?\bcharset|<\?xml[^>]{0,200}?\bencoding)\s*=\s*["']?(?<charset>[A-Za-z0-9_.:-]+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Charset();
}
