using System.Net;
using System.Text.RegularExpressions;

namespace DocumentAgents.Reading.Html;

internal enum HtmlTokenKind
{
    Text,
    Open,
    Close,
}

/// <param name="Value">The text with entities decoded, or the lower-case tag name.</param>
/// <param name="Markup">The inside of the tag, for attributes.</param>
/// <param name="Offset">Where it begins.</param>
internal readonly record struct HtmlToken(HtmlTokenKind Kind, string Value, string Markup, int Offset);

/// <summary>Cuts HTML into tags and text the way browsers forgive it: whatever is no tag is text. Nothing is executed or fetched; what
/// scripts and styles contain is dropped.</summary>
internal sealed partial class HtmlTokens(string html)
{
    private const int MaxMarkup = 64 * 1024;
    private readonly HashSet<string> unclosed = [];
    private int at;

    public HtmlToken? Next()
    {
        while (at < html.Length)
        {
            if (html[at] != '<' || !IsMarkup())
            {
                return Text();
            }

            if (!SkipComment() && Tag() is { } token)
            {
                return token;
            }
        }

        return null;
    }

    public static string? Attribute(string markup, string name)
    {
        foreach (var attribute in Attributes().EnumerateMatches(markup))
        {
            var text = markup.AsSpan(attribute.Index, attribute.Length);
            var equals = text.IndexOf('=');
            var key = (equals < 0 ? text : text[..equals]).Trim();
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return equals < 0 ? "" : WebUtility.HtmlDecode(text[(equals + 1)..].Trim().Trim("\"'").ToString());
            }
        }

        return null;
    }

    private HtmlToken Text()
    {
        var start = at;
        do
        {
            var end = html.IndexOf('<', at + 1);
            at = end < 0 ? html.Length : end;
        }
        while (at < html.Length && !IsMarkup());

        return new(HtmlTokenKind.Text, WebUtility.HtmlDecode(html[start..at]), "", start);
    }

    private bool IsMarkup() => at + 1 < html.Length && (char.IsAsciiLetter(html[at + 1]) || html[at + 1] is '/' or '!' or '?');

    private bool SkipComment()
    {
        var rest = html.AsSpan(at);
        var end = rest.StartsWith("<!--") ? "-->" : rest.StartsWith("<![CDATA[") ? "]]>" : rest.StartsWith("<!") || rest.StartsWith("<?")
            ? ">"
            : null;
        if (end is null)
        {
            return false;
        }

        var found = rest.IndexOf(end);
        at = found < 0 ? html.Length : at + found + end.Length;
        return true;
    }

    private HtmlToken? Tag()
    {
        var start = at;
        var closing = at + 1 < html.Length && html[at + 1] == '/';
        var nameStart = at + (closing ? 2 : 1);
        if (nameStart >= html.Length || !char.IsAsciiLetter(html[nameStart]))
        {
            at++;
            return new(HtmlTokenKind.Text, "<", "", start);
        }

        var nameEnd = nameStart;
        while (nameEnd < html.Length && (char.IsAsciiLetterOrDigit(html[nameEnd]) || html[nameEnd] is '-' or ':'))
        {
            nameEnd++;
        }

        var end = EndOfTag(nameEnd);
        var name = html[nameStart..nameEnd].ToLowerInvariant();
        var markup = html[nameEnd..Math.Min(end, nameEnd + MaxMarkup)];
        at = Math.Min(html.Length, end + 1);
        if (!closing && name is "script" or "style" or "noscript" or "template" or "svg" or "iframe" or "object")
        {
            SkipContent(name);
            return null;
        }

        return new(closing ? HtmlTokenKind.Close : HtmlTokenKind.Open, name, markup, start);
    }

    // Quotes protect a '>', unless they are never closed.
    private int EndOfTag(int from)
    {
        var plain = html.IndexOf('>', from);
        for (var i = from; i < html.Length && i < from + MaxMarkup; i++)
        {
            if (html[i] == '>')
            {
                return i;
            }

            if (html[i] is '"' or '\'' && i > 0 && html[i - 1] == '=')
            {
                var close = html.IndexOf(html[i], i + 1, Math.Min(html.Length - i - 1, MaxMarkup));
                i = close < 0 ? i : close;
            }
        }

        return plain < 0 ? html.Length : plain;
    }

    // An element that is never closed is searched for once only; otherwise many of them would cost the square of the length.
    private void SkipContent(string name)
    {
        if (unclosed.Contains(name))
        {
            return;
        }

        var close = html.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
        if (close < 0)
        {
            unclosed.Add(name);
            return;
        }

        at = close;
    }

    [GeneratedRegex("""[A-Za-z_:@][A-Za-z0-9_.:-]*(\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""", RegexOptions.CultureInvariant)]
    private static partial Regex Attributes();
}
