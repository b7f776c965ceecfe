using System.Text;

namespace DocumentAgents.Reading.Mail;

/// <summary>A message as bytes in characters (Latin-1), so that offsets are the same while charsets differ from part to part.</summary>
internal sealed class MailText(ReadOnlyMemory<byte> bytes)
{
    private readonly string text = Encoding.Latin1.GetString(bytes.Span);

    public int Length => text.Length;

    /// <summary>
    /// The line at an offset without its end; <paramref name="next"/> is the offset of the following line. Raw UTF-8 is decoded.
    /// </summary>
    public string Line(int at, out int next)
    {
        var end = EndOfLine(at, Length, out next);
        return TextDecoder.DecodeLeniently(bytes.Span[at..end], null);
    }

    public ReadOnlySpan<char> RawLine(int at, int limit, out int next) => text.AsSpan(at, EndOfLine(at, limit, out next) - at);

    public ReadOnlySpan<byte> Bytes(int start, int end) => bytes.Span[start..end];

    public string Raw(int start, int end) => text[start..end];

    public int LineNumber(int at) => text.AsSpan(0, at).Count('\n') + 1;

    private int EndOfLine(int at, int limit, out int next)
    {
        var length = text.AsSpan(at, limit - at).IndexOfAny('\r', '\n');
        var end = length < 0 ? limit : at + length;
        next = end < limit && text[end] == '\r' && end + 1 < limit && text[end + 1] == '\n' ? end + 2 : Math.Min(limit, end + 1);
        return end;
    }
}
