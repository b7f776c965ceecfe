using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Orchestration.Domain.Expressions;

/// <summary>
/// Parses an expression by recursive descent. The first error is kept and the rest of the text skipped, so that the descent ends by
/// itself: an exception through hundreds of frames would cost a hundred times the parse.
/// </summary>
internal sealed class Parser
{
    /// <summary>Deepest nesting, of brackets as of operators; a deeper expression could exhaust the stack.</summary>
    internal const int MaxDepth = 200;

    private const string TooDeep = "the expression is nested too deeply";

    private static readonly string[][] Levels = [["<", "<=", ">", ">=", "==", "!=", "in"], ["+", "-"], ["*", "/", "%"]];

    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "in", "let", "loop",
        "namespace", "package", "return", "var", "void", "while");

    private static readonly FrozenSet<string> Keywords = FrozenSet.Create("false", "in", "null", "true");

    private readonly List<Token> _tokens;
    private int _at;
    private int _depth;
    private ExpressionError? _error;

    private Parser(List<Token> tokens) => _tokens = tokens;

    private Token Current => _tokens[_at];

    internal static (Node Root, ExpressionError? Error) Parse(string text)
    {
        var parser = new Parser(Lexer.Read(text));
        Node node = parser.ParseExpression();
        if (parser.Current.Kind != TokenKind.End)
        {
            parser.Unexpected("an operator or the end");
        }

        return (node, parser._error);
    }

    private Node ParseExpression()
    {
        if (++_depth > MaxDepth)
        {
            return Fail(TooDeep, Current.Position);
        }

        int position = Current.Position;
        Node node = ParseLogical(isOr: true);
        if (Accept("?"))
        {
            Node whenTrue = ParseLogical(isOr: true);
            Expect(":");
            node = Check(new Conditional(position, node, whenTrue, ParseExpression()));
        }

        _depth--;
        return node;
    }

    private Node ParseLogical(bool isOr)
    {
        int position = Current.Position;
        Node first = Operand();
        if (!IsSymbol(isOr ? "||" : "&&"))
        {
            return first;
        }

        ImmutableArray<Node>.Builder operands = ImmutableArray.CreateBuilder<Node>();
        operands.Add(first);
        while (Accept(isOr ? "||" : "&&"))
        {
            operands.Add(Operand());
        }

        return Check(new Logical(position, isOr, operands.ToImmutable()));

        Node Operand() => isOr ? ParseLogical(isOr: false) : ParseBinary(0);
    }

    private Node ParseBinary(int level)
    {
        if (level == Levels.Length)
        {
            return ParseUnary();
        }

        Node left = ParseBinary(level + 1);
        while (Current.Kind is TokenKind.Symbol or TokenKind.Identifier && Levels[level].Contains(Current.Text))
        {
            Token symbol = Take();
            left = Check(new Binary(symbol.Position, symbol.Text, left, ParseBinary(level + 1)));
        }

        return left;
    }

    private Node ParseUnary()
    {
        Token first = Current;
        if (first.Kind != TokenKind.Symbol || first.Text is not ("!" or "-"))
        {
            return ParseMember(ParsePrimary());
        }

        int count = 0;
        while (Accept(first.Text))
        {
            count++;
        }

        // A minus right before a number belongs to the literal, so that the smallest int can be written.
        bool isNegative = first.Text == "-" && Current.Kind is TokenKind.Int or TokenKind.Double;
        Node operand = ParseMember(isNegative ? NegativeLiteral(Take()) : ParsePrimary());
        count -= isNegative ? 1 : 0;
        return count == 0 ? operand : Check(new Unary(first.Position, first.Text[0], count, operand));
    }

    private Node ParseMember(Node node)
    {
        while (true)
        {
            int position = Current.Position;
            if (Accept("."))
            {
                node = Check(ParseSelector(position, node));
            }
            else if (Accept("["))
            {
                Node index = ParseExpression();
                Expect("]");
                node = Check(new IndexAccess(position, node, index));
            }
            else if (IsSymbol("{") && node is Identifier or Select)
            {
                return Fail("messages cannot be constructed", position);
            }
            else
            {
                return node;
            }
        }
    }

    private Node ParseSelector(int position, Node target)
    {
        Token name = Current;
        if (name.Kind is not (TokenKind.Identifier or TokenKind.QuotedIdentifier)
            || (name.Kind == TokenKind.Identifier && Keywords.Contains(name.Text)))
        {
            return Unexpected("a field name");
        }

        Take();
        if (name.Kind == TokenKind.Identifier && Accept("("))
        {
            return Expand(name, target, ParseList(")"));
        }

        return new Select(position, target, name.Text, test: false);
    }

    private Node ParsePrimary()
    {
        Token token = Take();
        return token.Kind switch
        {
            TokenKind.Identifier => ParseName(token, leadingDot: false),
            TokenKind.Int => PositiveInt(token),
            TokenKind.Uint or TokenKind.Double or TokenKind.String or TokenKind.Bytes => new Literal(token.Position, token.Value!),
            TokenKind.Symbol when token.Text == "(" => ParseParenthesized(),
            TokenKind.Symbol when token.Text == "[" => new ListLiteral(token.Position, ParseList("]")),
            TokenKind.Symbol when token.Text == "{" => new MapLiteral(token.Position, ParseEntries()),
            TokenKind.Symbol when token.Text == "." && Current.Kind == TokenKind.Identifier => ParseName(Take(), leadingDot: true),
            _ => Unexpected(token, "a value"),
        };
    }

    private Node ParseParenthesized()
    {
        Node node = ParseExpression();
        Expect(")");
        return node;
    }

    private Node ParseName(Token name, bool leadingDot)
    {
        switch (name.Text)
        {
            case "true" or "false" when !leadingDot:
                return new Literal(name.Position, CelValue.Bool(name.Text == "true"));
            case "null" when !leadingDot:
                return new Literal(name.Position, NullValue.Instance);
            case var word when Reserved.Contains(word):
                return Fail($"'{word}' is a reserved word", name.Position);
        }

        return Accept("(") ? Check(Expand(name, target: null, ParseList(")"))) : new Identifier(name.Position, name.Text, leadingDot);
    }

    private ImmutableArray<Node> ParseList(string end)
    {
        ImmutableArray<Node>.Builder items = ImmutableArray.CreateBuilder<Node>();
        while (_error is null && !Accept(end))
        {
            items.Add(ParseExpression());
            bool more = Accept(",");
            if (more ? end == ")" && IsSymbol(end) : !IsSymbol(end))
            {
                Unexpected(more ? "an argument" : $"',' or '{end}'");
            }
        }

        return items.ToImmutable();
    }

    private ImmutableArray<Node> ParseEntries()
    {
        ImmutableArray<Node>.Builder entries = ImmutableArray.CreateBuilder<Node>();
        while (_error is null && !Accept("}"))
        {
            entries.Add(ParseExpression());
            Expect(":");
            entries.Add(ParseExpression());
            if (!Accept(",") && !IsSymbol("}"))
            {
                Unexpected("',' or '}'");
            }
        }

        return entries.ToImmutable();
    }

    private Literal NegativeLiteral(Token token) => token.Value switch
    {
        DoubleValue number => new Literal(token.Position, new DoubleValue(-number.Value)),
        UintValue { Value: <= 9223372036854775808 } magnitude =>
            new Literal(token.Position, new IntValue(unchecked(-(long)magnitude.Value))),
        _ => Fail("the number is too small", token.Position),
    };

    private Literal PositiveInt(Token token) => token.Value is UintValue { Value: <= long.MaxValue } magnitude
        ? new Literal(token.Position, new IntValue((long)magnitude.Value))
        : Fail("the number is too large", token.Position);

    private Node Expand(Token name, Node? target, ImmutableArray<Node> arguments)
    {
        (Node? node, ExpressionError? error) = Macros.Expand(name, target, arguments);
        return node ?? Fail(error!.Message, error.Position);
    }

    private bool IsSymbol(string symbol) => Current.Kind == TokenKind.Symbol && Current.Text == symbol;

    private bool Accept(string symbol)
    {
        bool accepted = IsSymbol(symbol);
        _at += accepted ? 1 : 0;
        return accepted;
    }

    private void Expect(string symbol)
    {
        if (!Accept(symbol))
        {
            Unexpected($"'{symbol}'");
        }
    }

    private Token Take() => Current.Kind == TokenKind.End ? Current : _tokens[_at++];

    private Node Check(Node node) => node.Depth <= MaxDepth ? node : Fail(TooDeep, node.Position);

    private Literal Unexpected(string wanted) => Unexpected(Current, wanted);

    private Literal Unexpected(Token token, string wanted) =>
        Fail(token.Kind == TokenKind.End
            ? $"{wanted} is missing at the end"
            : $"found '{token.Text}' where {wanted} is expected", token.Position);

    private Literal Fail(string message, int position)
    {
        _error ??= new ExpressionError(message, position);
        _at = _tokens.Count - 1;
        return new Literal(position, NullValue.Instance);
    }
}
