using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DocumentAgents.Reading.Mail;

/// <summary>
/// A header value with parameters, such as Content-Type: <c>text/plain; charset=utf-8; name*0*=…</c> (RFC 2045, RFC 2231).
/// </summary>
internal sealed partial class MailParameters
{
    private const int MaxLength = 100_000;
    private readonly Dictionary<string, string> parameters = [];

    public MailParameters(string? header)
    {
        var text = header ?? "";
        var end = text.IndexOf(';', StringComparison.Ordinal);
        Value = (end < 0 ? text : text[..end]).Trim().ToLowerInvariant();
        foreach (Match match in Parameter().Matches(end < 0 || text.Length > MaxLength ? "" : text[end..]))
        {
            parameters.TryAdd(match.Groups["name"].Value.ToLowerInvariant(), Unquoted(match.Groups["value"].Value.Trim()));
        }
    }

    public string Value { get; }

    public string? this[string name] => parameters.TryGetValue(name, out var plain) ? EncodedWords.Decode(plain)
        : parameters.TryGetValue(name + "*", out var extended) ? Extended([(extended, true)])
        : Continued(name);

    private string? Continued(string name)
    {
        var pieces = new List<(string Text, bool Encoded)>();
        while (true)
        {
            var key = $"{name}*{pieces.Count.ToString(CultureInfo.InvariantCulture)}";
            if (parameters.TryGetValue(key, out var plain))
            {
                pieces.Add((plain, false));
            }
            else if (parameters.TryGetValue(key + "*", out var encoded))
            {
                pieces.Add((encoded, true));
            }
            else
            {
                return pieces.Count == 0 ? null : Extended(pieces);
            }
        }
    }

    // charset'language'percent-encoded, the first two in the first piece only.
    private static string Extended(List<(string Text, bool Encoded)> pieces)
    {
        string? charset = null;
        var bytes = new List<byte>();
        foreach (var (piece, encoded) in pieces)
        {
            var text = piece;
            if (charset is null && encoded && text.Split('\'', 3) is [var declared, _, var rest])
            {
                charset = declared;
                text = rest;
            }

            bytes.AddRange(encoded ? PercentDecoded(text) : Encoding.UTF8.GetBytes(text));
        }

        return TextDecoder.DecodeLeniently(bytes.ToArray(), string.IsNullOrEmpty(charset) ? null : charset);
    }

    private static List<byte> PercentDecoded(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '%' && at + 2 < text.Length
                && byte.TryParse(text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                at += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[at].ToString()));
            }
        }

        return bytes;
    }

    private static string Unquoted(string value) =>
        value.Length >= 2 && value[0] == '"' && value[^1] == '"' ? Escape().Replace(value[1..^1], "$1") : value;

    [GeneratedRegex("""[;\s]\s*(?<name>[^\s=;"]+)\s*=\s*(?<value>"(?:[^"\\]|\\.)*"|[^;]*)""",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\\(.)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
