using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Orchestration.Domain.Expressions;

/// <summary>
/// Reads string and bytes literals: single, double or triple quotes, raw (<c>r</c>) and bytes (<c>b</c>) prefixes, escapes.
/// </summary>
internal sealed class StringLiteral
{
    private readonly string _text;
    private readonly bool _isBytes;
    private readonly StringBuilder _characters = new();
    private readonly List<byte> _bytes = [];
    private int _at;

    private StringLiteral(string text, int at, bool isBytes)
    {
        _text = text;
        _at = at;
        _isBytes = isBytes;
    }

    internal static bool Starts(string text, int at)
    {
        int quote = at + PrefixLength(text, at);
        return quote < text.Length && text[quote] is '"' or '\'';
    }

    internal static Token Read(string text, ref int at)
    {
        int start = at;
        int prefix = PrefixLength(text, at);
        ReadOnlySpan<char> flags = text.AsSpan(at, prefix);
        bool isBytes = flags.ContainsAny('b', 'B');
        bool isRaw = flags.ContainsAny('r', 'R');
        var literal = new StringLiteral(text, start + prefix, isBytes);
        literal.ReadQuoted(start, isRaw);
        at = literal._at;
        return isBytes
            ? new Token(TokenKind.Bytes, text[start..at], start, new BytesValue([.. literal._bytes]))
            : new Token(TokenKind.String, text[start..at], start, new StringValue(literal._characters.ToString()));
    }

    /// <summary>Length of <c>r</c>, <c>b</c>, <c>rb</c> or <c>br</c> before a quote, in either case.</summary>
    private static int PrefixLength(string text, int at)
    {
        bool IsPrefix(int i, char lower) => i < text.Length && (text[i] | 0x20) == lower;
        bool raw = IsPrefix(at, 'r');
        if (!raw && !IsPrefix(at, 'b'))
        {
            return 0;
        }

        return IsPrefix(at + 1, raw ? 'b' : 'r') ? 2 : 1;
    }

    private void ReadQuoted(int start, bool isRaw)
    {
        char quote = _text[_at];
        string end = new(quote, 3);
        if (string.CompareOrdinal(_text, _at, end, 0, 3) != 0)
        {
            end = end[..1];
        }

        _at += end.Length;
        while (string.CompareOrdinal(_text, _at, end, 0, end.Length) != 0)
        {
            if (_at >= _text.Length || (end.Length == 1 && _text[_at] is '\n' or '\r'))
            {
                throw new ExpressionSyntaxException("the string does not end", start);
            }

            if (_text[_at] == '\\' && !isRaw)
            {
                ReadEscape();
            }
            else
            {
                ReadPlain();
            }
        }

        _at += end.Length;
    }

    private void ReadPlain()
    {
        char c = _text[_at++];
        if (c == '\r')
        {
            _at += _at < _text.Length && _text[_at] == '\n' ? 1 : 0;
            AppendCodePoint('\n');
        }
        else if (char.IsHighSurrogate(c) && _at < _text.Length && char.IsLowSurrogate(_text[_at]))
        {
            AppendCodePoint(char.ConvertToUtf32(c, _text[_at++]));
        }
        else
        {
            AppendCodePoint(char.IsSurrogate(c) ? 0xFFFD : c);
        }
    }

    private void ReadEscape()
    {
        int start = _at++;
        char kind = _at < _text.Length ? _text[_at++] : '\0';
        const string Names = "abfnrtv\\?\"'`";
        const string Values = "\a\b\f\n\r\t\v\\?\"'`";
        int simple = Names.IndexOf(kind, StringComparison.Ordinal);
        switch (kind)
        {
            case '\0':
                throw new ExpressionSyntaxException("the string does not end", start);
            case not '\0' when simple >= 0:
                AppendCodePoint(Values[simple]);
                break;
            case 'x' or 'X':
                AppendByteOrCodePoint(Digits(start, 2, 16));
                break;
            case >= '0' and <= '3':
                _at--;
                AppendByteOrCodePoint(Digits(start, 3, 8));
                break;
            case 'u' or 'U' when !_isBytes:
                AppendEscapedCodePoint(start, Digits(start, kind == 'u' ? 4 : 8, 16));
                break;
            default:
                throw new ExpressionSyntaxException($"unknown escape '\\{kind}'", start);
        }
    }

    private int Digits(int start, int count, int radix)
    {
        ReadOnlySpan<char> digits = _at + count <= _text.Length ? _text.AsSpan(_at, count) : [];
        long value = 0;
        foreach (char c in digits)
        {
            int digit = char.IsAsciiHexDigit(c) ? int.Parse([c], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : radix;
            value = digit < radix && value >= 0 ? (value * radix) + digit : -1;
        }

        if (digits.IsEmpty || value is < 0 or > 0x10FFFF)
        {
            throw new ExpressionSyntaxException($"the escape needs {count} digits of base {radix} that name a character", start);
        }

        _at += count;
        return (int)value;
    }

    private void AppendEscapedCodePoint(int start, int codePoint)
    {
        if (codePoint is >= 0xD800 and <= 0xDFFF)
        {
            throw new ExpressionSyntaxException("a surrogate is not a character", start);
        }

        AppendCodePoint(codePoint);
    }

    private void AppendByteOrCodePoint(int value)
    {
        if (_isBytes)
        {
            _bytes.Add((byte)value);
        }
        else
        {
            AppendCodePoint(value);
        }
    }

    private void AppendCodePoint(int codePoint)
    {
        var rune = new Rune(codePoint);
        if (_isBytes)
        {
            Span<byte> utf8 = stackalloc byte[4];
            _bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)].ToImmutableArray());
        }
        else
        {
            _characters.Append(rune);
        }
    }
}
