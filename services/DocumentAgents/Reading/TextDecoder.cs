using System.Text;

namespace DocumentAgents.Reading;

internal sealed record DecodedText(string Text, string Encoding);

/// <summary>
/// Bytes to characters: byte order mark, else what the format declares, else UTF-16 by its zero bytes, else UTF-8 when valid, else
/// Windows-1252. Nothing is ever replaced by a question mark; what fits no encoding is <c>bad_encoding</c>.
/// </summary>
internal static class TextDecoder
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding Utf16Little = new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly Encoding Utf16Big = new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly Encoding Utf32Little =
        new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true);
    private static readonly Encoding Utf32Big = new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true);
    private static readonly byte[] Undefined1252 = [0x81, 0x8D, 0x8F, 0x90, 0x9D];

    public static Encoding Windows1252 { get; } = Named("windows-1252")!;

    /// <summary>The code page of western Europe before Windows, which gives every byte a character.</summary>
    public static Encoding Ibm850 { get; } = Named("ibm850")!;

    /// <summary>
    /// Decodes; <paramref name="declared"/> is a charset name as the document states it, obeyed when it is known and fits.
    /// </summary>
    /// <param name="fallback">What bytes that are neither UTF-8 nor Windows-1252 are in, for formats that old systems write.</param>
    public static DecodedText Decode(ReadOnlySpan<byte> bytes, string? declared = null, Encoding? fallback = null)
    {
        var decoded = WithMark(bytes) ?? Declared(bytes, declared) ?? Guessed(bytes, fallback);
        RefuseControls(decoded.Text);
        return decoded;
    }

    /// <summary>Decodes as the declaration says and never fails: for one part of many, such as a part of an e-mail.</summary>
    public static string DecodeLeniently(ReadOnlySpan<byte> bytes, string? declared)
    {
        var encoding = declared is null ? null : Named(declared);
        try
        {
            return (encoding ?? Utf8).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Windows1252.GetString(bytes);
        }
    }

    /// <summary>The encoding of a name, strict, or null when unknown. UTF-7 is not known: it has been used to smuggle markup.</summary>
    public static Encoding? Named(string name)
    {
        var trimmed = name.Trim().Trim('"', '\'').ToLowerInvariant();
        switch (trimmed)
        {
            case "utf-8" or "utf8" or "unicode-1-1-utf-8":
                return Utf8;
            case "iso-8859-1" or "latin1" or "us-ascii" or "ascii" or "windows-1252" or "cp1252" or "ansi_x3.4-1968":
                trimmed = "windows-1252";
                break;
            case "utf-16" or "utf-16le":
                return Utf16Little;
            case "utf-16be":
                return Utf16Big;
            case "utf-7":
                return null;
        }

        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(
            trimmed, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        return encoding;
    }

    private static DecodedText? WithMark(ReadOnlySpan<byte> bytes)
    {
        (Encoding Encoding, int Length, string Name)? mark = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Utf8, 3, "utf-8"),
            [0xFF, 0xFE, 0, 0, ..] => (Utf32Little, 4, "utf-32le"),
            [0, 0, 0xFE, 0xFF, ..] => (Utf32Big, 4, "utf-32be"),
            [0xFF, 0xFE, ..] => (Utf16Little, 2, "utf-16le"),
            [0xFE, 0xFF, ..] => (Utf16Big, 2, "utf-16be"),
            _ => null,
        };
        return mark is { } found ? new(Strictly(found.Encoding, bytes[found.Length..], found.Name), found.Name) : null;
    }

    private static DecodedText? Declared(ReadOnlySpan<byte> bytes, string? declared)
    {
        var encoding = declared is null ? null : Named(declared);
        if (encoding is null || encoding == Utf16Little || encoding == Utf16Big)
        {
            // A UTF-16 document could not have been read far enough to find the word; Guessed sees its zero bytes.
            return null;
        }

        return new(Strictly(encoding, bytes, declared!), encoding.WebName);
    }

    private static DecodedText Guessed(ReadOnlySpan<byte> bytes, Encoding? fallback)
    {
        if (Utf16WithoutMark(bytes) is { } utf16)
        {
            return new(Strictly(utf16, bytes, utf16.WebName), utf16.WebName);
        }

        try
        {
            return new(Utf8.GetString(bytes), "utf-8");
        }
        catch (DecoderFallbackException)
        {
            if (bytes.IndexOfAny(Undefined1252) is var at && at >= 0)
            {
                return fallback is not null
                    ? new(fallback.GetString(bytes), fallback.WebName)
                    : throw Bad($"byte 0x{bytes[at]:X2} at offset {at} belongs to neither UTF-8 nor Windows-1252");
            }

            return new(Windows1252.GetString(bytes), "windows-1252");
        }
    }

    private static Encoding? Utf16WithoutMark(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..(Math.Min(bytes.Length, 256) / 2 * 2)];
        if (sample.Length < 4)
        {
            return null;
        }

        int even = 0, odd = 0;
        for (var i = 0; i < sample.Length; i += 2)
        {
            even += sample[i] == 0 ? 1 : 0;
            odd += sample[i + 1] == 0 ? 1 : 0;
        }

        var enough = sample.Length / 2 * 3 / 4;
        return odd >= enough && even == 0 ? Utf16Little : even >= enough && odd == 0 ? Utf16Big : null;
    }

    private static string Strictly(Encoding encoding, ReadOnlySpan<byte> bytes, string name)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw Bad($"not valid {name} at offset {Math.Max(0, e.Index)}");
        }
    }

    // Control characters that separate fields of interchange formats, or that old systems leave at the end, are let through.
    private static void RefuseControls(string text)
    {
        var controls = 0;
        foreach (var c in text)
        {
            if (c == '\0')
            {
                throw Bad("a zero character: not a text");
            }

            controls += c < ' ' && c is not ('\t' or '\n' or '\r' or '\f' or '\v' or '\u001a' or (>= '\u001c' and <= '\u001f')) ? 1 : 0;
        }

        if (controls > 8 && controls > text.Length / 20)
        {
            throw Bad($"{controls} control characters: not a text");
        }
    }

    private static ReadException Bad(string message) => new(new(ReadFailureCodes.BadEncoding, message));
}
