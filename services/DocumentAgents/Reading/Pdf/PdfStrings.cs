using System.Globalization;
using System.Text;

namespace DocumentAgents.Reading.Pdf;

/// <summary>Strings and escapes of the object syntax.</summary>
internal static class PdfStrings
{
    /// <summary>Reads <c>(…)</c>, with nested brackets and escapes.</summary>
    public static PdfString Literal(PdfLexer lexer)
    {
        var data = lexer.Data;
        var bytes = new List<byte>();
        var depth = 1;
        var at = lexer.Position + 1;
        for (; at < data.Length; at++)
        {
            var b = data[at];
            depth += b == '(' ? 1 : b == ')' ? -1 : 0;
            if (depth == 0)
            {
                break;
            }

            if (b == '\\' && at + 1 < data.Length)
            {
                at = Escape(data, at + 1, bytes);
            }
            else
            {
                bytes.Add(b);
            }
        }

        lexer.Position = Math.Min(data.Length, at + 1);
        return new([.. bytes]);
    }

    /// <summary>Reads <c>&lt;…&gt;</c>.</summary>
    public static PdfString Hexadecimal(PdfLexer lexer)
    {
        var rest = lexer.Data.AsSpan(lexer.Position + 1);
        var end = rest.IndexOf((byte)'>');
        var content = end < 0 ? rest : rest[..end];
        lexer.Position = end < 0 ? lexer.Data.Length : lexer.Position + end + 2;
        return new(FromHex(content));
    }

    public static byte[] FromHex(ReadOnlySpan<byte> text)
    {
        var bytes = new List<byte>(text.Length / 2 + 1);
        var high = -1;
        foreach (var b in text)
        {
            var digit = HexDigit(b);
            if (digit < 0)
            {
                continue;
            }

            if (high < 0)
            {
                high = digit;
            }
            else
            {
                bytes.Add((byte)(high * 16 + digit));
                high = -1;
            }
        }

        if (high >= 0)
        {
            bytes.Add((byte)(high * 16));
        }

        return [.. bytes];
    }

    public static string NameWithoutEscapes(string raw)
    {
        var name = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] == '#' && at + 2 < raw.Length
                && byte.TryParse(raw.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                name.Append((char)value);
                at += 2;
            }
            else
            {
                name.Append(raw[at]);
            }
        }

        return name.ToString();
    }

    // Returns the offset of the last byte the escape used.
    private static int Escape(byte[] data, int at, List<byte> bytes)
    {
        switch ((char)data[at])
        {
            case 'n':
                bytes.Add(10);
                break;
            case 'r':
                bytes.Add(13);
                break;
            case 't':
                bytes.Add(9);
                break;
            case 'b':
                bytes.Add(8);
                break;
            case 'f':
                bytes.Add(12);
                break;
            case '\r':
                return at + 1 < data.Length && data[at + 1] == '\n' ? at + 1 : at;
            case '\n':
                break;
            case >= '0' and <= '7':
                return Octal(data, at, bytes);
            default:
                bytes.Add(data[at]);
                break;
        }

        return at;
    }

    private static int Octal(byte[] data, int at, List<byte> bytes)
    {
        var value = 0;
        var end = at;
        for (; end < data.Length && end < at + 3 && data[end] is >= (byte)'0' and <= (byte)'7'; end++)
        {
            value = value * 8 + (data[end] - '0');
        }

        bytes.Add((byte)value);
        return end - 1;
    }

    private static int HexDigit(byte b) => (char)b switch
    {
        >= '0' and <= '9' => b - '0',
        >= 'a' and <= 'f' => b - 'a' + 10,
        >= 'A' and <= 'F' => b - 'A' + 10,
        _ => -1,
    };
}
