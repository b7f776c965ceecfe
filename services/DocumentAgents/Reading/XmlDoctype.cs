using System.Text.RegularExpressions;

namespace DocumentAgents.Reading;

/// <summary>
/// What becomes of a document type declaration. One that only names a public DTD, as cXML does, is taken out: nothing is fetched and the
/// rest is ordinary XML. One that defines anything, points to a file, or whose entities the text uses, is unsafe.
/// </summary>
internal static partial class XmlDoctype
{
    /// <summary>The text with blanks in place of a harmless declaration, so that lines and columns stay as they are.</summary>
    public static string Remove(string text)
    {
        var rest = XmlProlog.Skip(text);
        if (!rest.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }

        var start = text.Length - rest.Length;
        var declaration = Harmless().Match(text, start, Math.Min(rest.Length, 1000));
        if (!declaration.Success || UsesEntities(text.AsSpan(start + declaration.Length)))
        {
            var line = text.AsSpan(0, start).Count('\n') + 1;
            throw new ReadException(
                new(ReadFailureCodes.UnsafeXml, "a document type declaration that defines or brings in entities is not accepted",
                Place.Line(line)));
        }

        var blank = string.Concat(declaration.Value.Select(c => c is '\n' or '\r' ? c : ' '));
        return string.Concat(text.AsSpan(0, start), blank, text.AsSpan(start + declaration.Length));
    }

    private static bool UsesEntities(ReadOnlySpan<char> text)
    {
        foreach (var entity in Entity().EnumerateMatches(text))
        {
            if (text.Slice(entity.Index + 1, entity.Length - 2) is not ("amp" or "lt" or "gt" or "quot" or "apos"))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("""\G<!DOCTYPE\s+[\w:.-]+(\s+(SYSTEM|PUBLIC\s+("[^"<>\[\]]*"|'[^'<>\[\]]*'))(\s+("https?://[^"<>\[\]]*"|'https?://[^'<>\[\]]*'))?)?\s*>""", RegexOptions.CultureInvariant)]
    private static partial Regex Harmless();

    [GeneratedRegex("&[A-Za-z_][A-Za-z0-9_.-]{0,100};", RegexOptions.CultureInvariant)]
    private static partial Regex Entity();
}
