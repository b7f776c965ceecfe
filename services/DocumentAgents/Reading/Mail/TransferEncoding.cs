using System.Globalization;

namespace DocumentAgents.Reading.Mail;

/// <summary>base64 and quoted-printable as they come: what does not belong there is passed over.</summary>
internal static class TransferEncoding
{
    public static byte[] Decode(MailText text, int start, int end, string? encoding) => encoding?.Trim().ToLowerInvariant() switch
    {
        "base64" => FromBase64(text.Raw(start, end)),
        "quoted-printable" => FromQuotedPrintable(text.Raw(start, end), isHeader: false),
        _ => text.Bytes(start, end).ToArray(),
    };

    public static byte[] FromBase64(string text)
    {
        var bytes = new List<byte>(text.Length * 3 / 4);
        int bits = 0, count = 0;
        foreach (var c in text)
        {
            var value = Value(c);
            if (value >= 0)
            {
                bits = (bits << 6) | value;
                count += 6;
            }
            else if (c == '=')
            {
                // Padding: what follows begins anew, as mailers that glue encoded pieces together expect.
                bits = count = 0;
            }

            if (count >= 8)
            {
                count -= 8;
                bytes.Add((byte)(bits >> count));
                bits &= (1 << count) - 1;
            }
        }

        return [.. bytes];
    }

    public static byte[] FromQuotedPrintable(string text, bool isHeader)
    {
        var bytes = new List<byte>(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '=')
            {
                bytes.Add((byte)text[at]);
            }
            else if (at + 2 < text.Length
                && byte.TryParse(text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                at += 2;
            }
            else if (!isHeader && SoftBreak(text, at) is var length and > 0)
            {
                at += length;
            }
            else
            {
                bytes.Add((byte)'=');
            }
        }

        return [.. bytes];
    }

    // The length of blanks and a line end after '=', or 0.
    private static int SoftBreak(string text, int at)
    {
        var end = at + 1;
        while (end < text.Length && text[end] is ' ' or '\t')
        {
            end++;
        }

        if (end >= text.Length)
        {
            return end - at - 1;
        }

        return text[end] switch
        {
            '\r' when end + 1 < text.Length && text[end + 1] == '\n' => end + 1 - at,
            '\r' or '\n' => end - at,
            _ => 0,
        };
    }

    private static int Value(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' or '-' => 62,
        '/' or '_' => 63,
        _ => -1,
    };
}
