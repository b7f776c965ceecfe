using System.Text;
using System.Text.RegularExpressions;

namespace DocumentAgents.Reading.Mail;

/// <summary>Encoded words of RFC 2047. Neighbours of one charset are joined before decoding, since senders cut characters in two.</summary>
internal static partial class EncodedWords
{
    // No mailer writes longer fields; beyond this they stay as they are.
    private const int MaxLength = 100_000;

    public static string Decode(string value)
    {
        if (!value.Contains("=?", StringComparison.Ordinal) || value.Length > MaxLength)
        {
            return value;
        }

        var result = new StringBuilder();
        var pending = new List<byte>();
        var charset = "";
        var at = 0;
        foreach (Match word in Word().Matches(value))
        {
            var between = value[at..word.Index];
            if (pending.Count == 0 || !string.IsNullOrWhiteSpace(between) || word.Groups["charset"].Value != charset)
            {
                Flush(result, pending, charset);
                result.Append(at > 0 && string.IsNullOrWhiteSpace(between) ? "" : between);
            }

            charset = word.Groups["charset"].Value;
            pending.AddRange(Bytes(word));
            at = word.Index + word.Length;
        }

        Flush(result, pending, charset);
        return result.Append(value.AsSpan(at)).ToString();
    }

    private static void Flush(StringBuilder result, List<byte> pending, string charset)
    {
        if (pending.Count > 0)
        {
            result.Append(TextDecoder.DecodeLeniently(pending.ToArray(), charset));
            pending.Clear();
        }
    }

    private static byte[] Bytes(Match word)
    {
        var text = word.Groups["text"].Value;
        return word.Groups["encoding"].Value is "B" or "b"
            ? TransferEncoding.FromBase64(text)
            : TransferEncoding.FromQuotedPrintable(text.Replace('_', ' '), isHeader: true);
    }

    [GeneratedRegex(
        @"=\?(?<charset>[A-Za-z0-9_.:-]+)(\*[A-Za-z-]+)?\?(?<encoding>[BbQq])\?(?<text>[^?\s]*)\?=",
        RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
