using System.Text;

namespace DocumentAgents.Reading.Pdf;

/// <summary>
/// Reads objects from bytes, forgiving what can be understood anyway. Moves forward on every call, so that loops over it end.
/// </summary>
internal sealed class PdfLexer(byte[] data, int position, PdfBudget budget)
{
    private const int MaxDepth = 64;
    private const int MaxItems = 1_000_000;
    private static readonly PdfWord End = new("");

    public int Position { get; set; } = position;

    public byte[] Data => data;

    public bool AtEnd => Position >= data.Length;

    /// <summary>The next object, or null at the end. Every part of it counts against the budget.</summary>
    /// <param name="references">Whether <c>1 0 R</c> is a reference; in content streams it is not.</param>
    public PdfObject? Next(bool references)
    {
        var start = Position;
        var value = Value(references, 0);
        budget.Scan(Position - start);
        return ReferenceEquals(value, End) ? null : value;
    }

    public void SkipBlank()
    {
        var start = Position;
        while (Position < data.Length)
        {
            if (data[Position] == '%')
            {
                var line = data.AsSpan(Position).IndexOfAny((byte)'\r', (byte)'\n');
                Position = line < 0 ? data.Length : Position + line;
            }
            else if (IsBlank(data[Position]))
            {
                Position++;
            }
            else
            {
                break;
            }
        }

        budget.Scan(Position - start);
    }

    /// <summary>Skips the word when it comes next.</summary>
    public bool Take(ReadOnlySpan<byte> word)
    {
        SkipBlank();
        if (!data.AsSpan(Position).StartsWith(word))
        {
            return false;
        }

        Position += word.Length;
        return true;
    }

    /// <summary>A whole number without sign, or null; the position moves only when there is one.</summary>
    public int? TakeInteger()
    {
        SkipBlank();
        var at = Position;
        long value = 0;
        while (at < data.Length && data[at] is >= (byte)'0' and <= (byte)'9' && value < int.MaxValue)
        {
            value = value * 10 + (data[at++] - '0');
        }

        if (at == Position || value > int.MaxValue)
        {
            return null;
        }

        Position = at;
        return (int)value;
    }

    public static bool IsBlank(byte b) => b is 0 or 9 or 10 or 12 or 13 or 32;

    public static bool IsDelimiter(byte b) =>
        b is (byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'/' or (byte)'%';

    private PdfObject Value(bool references, int depth)
    {
        SkipBlank();
        if (AtEnd)
        {
            return End;
        }

        if (depth > MaxDepth)
        {
            throw ReadException.Limit($"PDF objects nested deeper than {MaxDepth}");
        }

        budget.Operate(1);
        var c = (char)data[Position];
        return c switch
        {
            '/' => Name(),
            '(' => PdfStrings.Literal(this),
            '<' when Position + 1 < data.Length && data[Position + 1] == '<' => Dictionary(references, depth),
            '<' => PdfStrings.Hexadecimal(this),
            '[' => Array(references, depth),
            '+' or '-' or '.' or (>= '0' and <= '9') => NumberOrReference(references),
            _ => Word(c),
        };
    }

    private PdfName Name()
    {
        var start = ++Position;
        SkipRegular();
        var raw = Encoding.Latin1.GetString(data, start, Position - start);
        return new(raw.Contains('#', StringComparison.Ordinal) ? PdfStrings.NameWithoutEscapes(raw) : raw);
    }

    private PdfObject Word(char c)
    {
        var start = Position;
        if (IsDelimiter((byte)c))
        {
            Position += c == '>' && Position + 1 < data.Length && data[Position + 1] == '>' ? 2 : 1;
        }
        else
        {
            SkipRegular();
        }

        var word = Encoding.Latin1.GetString(data, start, Position - start);
        return word switch
        {
            "true" => new PdfBoolean(true),
            "false" => new PdfBoolean(false),
            "null" => PdfNull.Instance,
            _ => new PdfWord(word),
        };
    }

    private PdfArray Array(bool references, int depth)
    {
        Position++;
        var items = new List<PdfObject>();
        while (true)
        {
            var item = Value(references, depth + 1);
            if (ReferenceEquals(item, End) || item is PdfWord { Value: "]" })
            {
                return new(items);
            }

            if (item is PdfWord { Value: "endobj" or "endstream" or ">>" })
            {
                return new(items);
            }

            if (item is not PdfWord && items.Count < MaxItems)
            {
                items.Add(item);
            }
        }
    }

    private PdfDictionary Dictionary(bool references, int depth)
    {
        Position += 2;
        var entries = new Dictionary<string, PdfObject>();
        while (true)
        {
            var key = Value(references, depth + 1);
            if (ReferenceEquals(key, End) || key is PdfWord { Value: ">>" or "endobj" or "stream" })
            {
                return new(entries);
            }

            if (key is not PdfName name)
            {
                continue;
            }

            var value = Value(references, depth + 1);
            if (ReferenceEquals(value, End) || value is PdfWord { Value: ">>" or "endobj" })
            {
                return new(entries);
            }

            entries[name.Value] = value;
        }
    }

    private PdfObject NumberOrReference(bool references)
    {
        var start = Position;
        if (references && TakeInteger() is { } number)
        {
            if (IsReference())
            {
                return new PdfReference(number);
            }

            Position = start;
        }

        return new PdfNumber(Number());
    }

    private bool IsReference()
    {
        var blank = Position < data.Length && IsBlank(data[Position]);
        return blank && TakeInteger() is not null && Take("R"u8) && (AtEnd || IsBlank(data[Position]) || IsDelimiter(data[Position]));
    }

    // Some writers put signs in the middle or two points; what can be read before them counts.
    private double Number()
    {
        var start = Position;
        SkipRegular();
        var sign = 1d;
        double value = 0, scale = 0;
        foreach (var b in data.AsSpan(start, Position - start))
        {
            if (b is >= (byte)'0' and <= (byte)'9')
            {
                value = value * 10 + (b - '0');
                scale *= 10;
            }
            else if (b == '.' && scale == 0)
            {
                scale = 1;
            }
            else if (b == '-' && value == 0)
            {
                sign = -1;
            }
            else if (b != '+')
            {
                break;
            }
        }

        return double.IsFinite(value) ? sign * value / (scale == 0 || !double.IsFinite(scale) ? 1 : scale) : 0;
    }

    private void SkipRegular()
    {
        while (Position < data.Length && !IsBlank(data[Position]) && !IsDelimiter(data[Position]))
        {
            Position++;
        }
    }
}
