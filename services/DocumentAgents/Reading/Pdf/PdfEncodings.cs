using System.Text;

namespace DocumentAgents.Reading.Pdf;

/// <summary>The predefined encodings of simple fonts.</summary>
internal static class PdfEncodings
{
    private const string StandardHigh =
        "\0¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ\0–†‡·\0¶•‚„”»…‰\0¿\0`´ˆ˜¯˘˙¨\0˚¸\0˝˛ˇ—\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0Æ\0ª\0\0\0\0ŁØŒº\0\0\0\0\0æ\0\0\0ı\0\0łøœß\0\0\0\0";

    private static readonly string WinAnsi = Table(bytes => TextDecoder.Windows1252.GetString(bytes));
    private static readonly string MacRoman = Table(CodePagesEncodingProvider.Instance.GetEncoding(10000)!.GetString);
    private static readonly string Standard = StandardTable();

    /// <summary>256 characters, <c>'\0'</c> where the encoding has none.</summary>
    public static string Named(string? name) => name switch
    {
        "MacRomanEncoding" => MacRoman,
        "StandardEncoding" => Standard,
        _ => WinAnsi,
    };

    public static string WinAnsiText(byte[] bytes) => string.Concat(bytes.Select(b => WinAnsi[b]).Where(c => c != '\0'));

    private static string Table(Func<byte[], string> decode)
    {
        var table = new StringBuilder(256);
        for (var i = 0; i < 256; i++)
        {
            // What is undefined shows as a bullet in Windows fonts.
            table.Append(i < 32 ? '\0' : i is 0x7F or 0x81 or 0x8D or 0x8F or 0x90 or 0x9D ? '•' : decode([(byte)i])[0]);
        }

        return table.ToString();
    }

    private static string StandardTable()
    {
        var table = new StringBuilder(256);
        for (var i = 0; i < 256; i++)
        {
            table.Append(i switch
            {
                0x27 => '’',
                0x60 => '‘',
                >= 32 and < 127 => (char)i,
                >= 0xA0 => StandardHigh[i - 0xA0],
                _ => '\0',
            });
        }

        return table.ToString();
    }
}
