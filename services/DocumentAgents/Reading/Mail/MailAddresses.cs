using System.Text;

namespace DocumentAgents.Reading.Mail;

/// <summary>
/// The bare addresses of an address list, read before encoded words are decoded so that a comma in a name separates nothing.
/// </summary>
internal static class MailAddresses
{
    public static IEnumerable<string> In(string header)
    {
        foreach (var entry in Entries(header))
        {
            var open = entry.LastIndexOf('<');
            var close = entry.LastIndexOf('>');
            var address = (open >= 0 && close > open ? entry[(open + 1)..close] : entry).Trim();
            if (address.Length > 0)
            {
                yield return address;
            }
        }
    }

    // Cut at commas and semicolons outside quotes and comments; group names before a colon are dropped.
    private static IEnumerable<string> Entries(string header)
    {
        var entry = new StringBuilder();
        var quoted = false;
        foreach (var c in WithoutComments(header))
        {
            quoted ^= c == '"';
            if (!quoted && c is ',' or ';')
            {
                yield return entry.ToString();
            }

            entry = !quoted && c is ',' or ';' or ':' ? entry.Clear() : quoted || c == '"' ? entry : entry.Append(c);
        }

        yield return entry.ToString();
    }

    private static string WithoutComments(string header)
    {
        var result = new StringBuilder();
        var depth = 0;
        var quoted = false;
        for (var at = 0; at < header.Length; at++)
        {
            var c = header[at];
            at += c == '\\' ? 1 : 0;
            quoted ^= c == '"' && depth == 0;
            depth += quoted ? 0 : c == '(' ? 1 : 0;
            if (depth == 0 && c != '\\')
            {
                result.Append(c);
            }

            depth -= !quoted && c == ')' && depth > 0 ? 1 : 0;
        }

        return result.ToString();
    }
}
