using System.Globalization;

namespace Orchestration.Domain.Expressions;

internal enum TokenKind
{
    End,
    Identifier,
    QuotedIdentifier,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Symbol,
}

/// <summary>A token; <paramref name="Value"/> is the literal's value, if it is one.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Position, CelValue? Value = null);

/// <summary>Cuts an expression into tokens.</summary>
internal sealed class Lexer(string text)
{
    private static readonly string[] Symbols =
        ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];

    private readonly List<Token> _tokens = [];
    private int _at;

    /// <summary>All tokens, the last one of kind End.</summary>
    internal static List<Token> Read(string text)
    {
        var lexer = new Lexer(text);
        while (lexer.Next())
        {
            // Each step adds a token.
        }

        lexer._tokens.Add(new Token(TokenKind.End, "", text.Length));
        return lexer._tokens;
    }

    /// <summary>
    /// Where the closing braces of <c>${{ … }}</c> stand, or why they are not found; braces and strings inside the expression are seen.
    /// </summary>
    internal static (int End, ExpressionError? Error) FindEnd(string text, int start)
    {
        var lexer = new Lexer(text) { _at = start };
        try
        {
            int end = lexer.FindEnd();
            return (end, end < 0 ? new ExpressionError("the closing }} is missing", text.Length - start) : null);
        }
        catch (ExpressionSyntaxException problem)
        {
            return (-1, new ExpressionError(problem.Message, problem.Position - start));
        }
    }

    private int FindEnd()
    {
        int depth = 0;
        while (true)
        {
            SkipBlanks();
            if (depth == 0 && string.CompareOrdinal(text, _at, "}}", 0, 2) == 0)
            {
                return _at;
            }

            if (!Next())
            {
                return -1;
            }

            depth += _tokens[^1] switch
            {
                { Kind: TokenKind.Symbol, Text: "{" } => 1,
                { Kind: TokenKind.Symbol, Text: "}" } => -1,
                _ => 0,
            };
        }
    }

    private bool Next()
    {
        SkipBlanks();
        if (_at >= text.Length)
        {
            return false;
        }

        char c = text[_at];
        bool dotNumber = c == '.' && char.IsAsciiDigit(Peek(1));
        Token token = c switch
        {
            _ when StringLiteral.Starts(text, _at) => StringLiteral.Read(text, ref _at),
            _ when char.IsAsciiLetter(c) || c == '_' => ReadIdentifier(),
            _ when char.IsAsciiDigit(c) || dotNumber => ReadNumber(),
            '`' => ReadQuoted(),
            _ => ReadSymbol(),
        };
        _tokens.Add(token);
        return true;
    }

    private char Peek(int offset) => _at + offset < text.Length ? text[_at + offset] : '\0';

    private void SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                _at++;
            }
            else if (text[_at] == '/' && Peek(1) == '/')
            {
                int end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end;
            }
            else
            {
                return;
            }
        }
    }

    private Token ReadIdentifier()
    {
        int start = _at;
        while (char.IsAsciiLetterOrDigit(Peek(0)) || Peek(0) == '_')
        {
            _at++;
        }

        return new Token(TokenKind.Identifier, text[start.._at], start);
    }

    private Token ReadQuoted()
    {
        int start = _at;
        int end = text.IndexOf('`', start + 1);
        if (end <= start + 1)
        {
            throw new ExpressionSyntaxException("a quoted field name ends with `", start);
        }

        string name = text[(start + 1)..end];
        if (name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-' or '/' or ' ')))
        {
            throw new ExpressionSyntaxException("a quoted field name has letters, digits, blanks and _ . - / only", start);
        }

        _at = end + 1;
        return new Token(TokenKind.QuotedIdentifier, name, start);
    }

    private Token ReadSymbol()
    {
        foreach (string symbol in Symbols)
        {
            if (string.CompareOrdinal(text, _at, symbol, 0, symbol.Length) == 0)
            {
                _at += symbol.Length;
                return new Token(TokenKind.Symbol, symbol, _at - symbol.Length);
            }
        }

        throw new ExpressionSyntaxException($"unexpected character '{text[_at]}'", _at);
    }

    private Token ReadNumber()
    {
        int start = _at;
        bool hex = Peek(0) == '0' && Peek(1) is 'x' or 'X' && char.IsAsciiHexDigit(Peek(2));
        if (hex)
        {
            _at += 2;
        }

        SkipDigits(hex);
        bool isDouble = !hex && SkipFractionAndExponent();
        string digits = text[(hex ? start + 2 : start).._at];
        if (isDouble)
        {
            double number = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
            return new Token(TokenKind.Double, text[start.._at], start, new DoubleValue(number));
        }

        if (!ulong.TryParse(
            digits, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out ulong value))
        {
            throw new ExpressionSyntaxException("the number is too large", start);
        }

        bool unsigned = Peek(0) is 'u' or 'U';
        _at += unsigned ? 1 : 0;
        // Whether an int fits depends on the sign before it, which the parser sees.
        return new Token(unsigned ? TokenKind.Uint : TokenKind.Int, text[start.._at], start, new UintValue(value));
    }

    private void SkipDigits(bool hex)
    {
        while (hex ? char.IsAsciiHexDigit(Peek(0)) : char.IsAsciiDigit(Peek(0)))
        {
            _at++;
        }
    }

    private bool SkipFractionAndExponent()
    {
        bool isDouble = false;
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            isDouble = true;
            _at++;
            SkipDigits(hex: false);
        }

        int sign = Peek(1) is '+' or '-' ? 1 : 0;
        if (Peek(0) is 'e' or 'E' && char.IsAsciiDigit(Peek(1 + sign)))
        {
            isDouble = true;
            _at += 1 + sign;
            SkipDigits(hex: false);
        }

        return isDouble;
    }
}
