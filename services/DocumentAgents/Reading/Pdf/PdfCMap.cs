using System.Text;

namespace DocumentAgents.Reading.Pdf;

/// <summary>
/// A character map: code lengths, and what codes mean as Unicode (ToUnicode) or as glyph numbers (encodings of composite fonts).
/// </summary>
internal sealed class PdfCMap
{
    private const int MaxCodeSpaces = 100;
    private const int MaxOperands = 200_000;
    private const int MaxTextLength = 32;
    private readonly List<(int Length, uint Low, uint High)> codeSpaces = [];
    private readonly Dictionary<uint, string> characters = [];
    private readonly List<(uint Low, uint High, string First)> ranges = [];
    private readonly List<(uint Low, uint High, int First)> glyphs = [];

    public bool HasText => characters.Count + ranges.Count > 0;

    public bool HasGlyphs => glyphs.Count > 0;

    public static PdfCMap Parse(byte[] data, PdfBudget budget)
    {
        var map = new PdfCMap();
        var lexer = new PdfLexer(data, 0, budget);
        var operands = new List<PdfObject>();
        while (lexer.Next(references: false) is { } token)
        {
            if (token is not PdfWord word)
            {
                if (operands.Count < MaxOperands)
                {
                    operands.Add(token);
                }

                continue;
            }

            map.Take(word.Value, operands);
            operands.Clear();
        }

        map.ranges.Sort((a, b) => a.Low.CompareTo(b.Low));
        map.glyphs.Sort((a, b) => a.Low.CompareTo(b.Low));
        return map;
    }

    /// <summary>The length in bytes of the code at an offset: the shortest code space it fits, else the shortest there is.</summary>
    public int CodeLength(byte[] text, int at)
    {
        uint code = 0;
        for (var length = 1; length <= 4 && at + length <= text.Length; length++)
        {
            code = (code << 8) | text[at + length - 1];
            if (codeSpaces.Exists(space => space.Length == length && code >= space.Low && code <= space.High))
            {
                return length;
            }
        }

        return codeSpaces.Count == 0 ? 2 : codeSpaces.Min(space => space.Length);
    }

    public string? TextOf(uint code)
    {
        if (characters.TryGetValue(code, out var text))
        {
            return text;
        }

        if (Find(ranges, code, range => range.Low) is not { } found || code > found.High || found.First.Length == 0)
        {
            return null;
        }

        var offset = code - found.Low;
        return offset == 0 ? found.First : found.First[..^1] + (char)(found.First[^1] + offset);
    }

    public int? GlyphOf(uint code) =>
        Find(glyphs, code, range => range.Low) is { } found && code <= found.High ? found.First + (int)(code - found.Low) : null;

    // The last range that begins at or before the code.
    private static T? Find<T>(List<T> sorted, uint code, Func<T, uint> low)
        where T : struct
    {
        int from = 0, to = sorted.Count;
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (low(sorted[middle]) <= code)
            {
                from = middle + 1;
            }
            else
            {
                to = middle;
            }
        }

        return from == 0 ? null : sorted[from - 1];
    }

    private void Take(string word, List<PdfObject> operands)
    {
        switch (word)
        {
            case "endcodespacerange":
                TakeCodeSpaces(operands);
                break;
            case "endbfchar":
                foreach (var pair in operands.Chunk(2).Where(pair => pair.Length == 2))
                {
                    characters[Code(pair[0])] = Text(pair[1]);
                }

                break;
            case "endbfrange":
                TakeTextRanges(operands);
                break;
            case "endcidchar":
                glyphs.AddRange(operands.Chunk(2).Where(pair => pair.Length == 2)
                    .Select(pair => (Code(pair[0]), Code(pair[0]), Glyph(pair[1]))));
                break;
            case "endcidrange":
                glyphs.AddRange(operands.Chunk(3).Where(triple => triple.Length == 3)
                    .Select(triple => (Code(triple[0]), Code(triple[1]), Glyph(triple[2]))));
                break;
        }
    }

    private static int Glyph(PdfObject value) => (value as PdfNumber)?.Int ?? 0;

    private void TakeCodeSpaces(List<PdfObject> operands)
    {
        for (var i = 0; i + 1 < operands.Count; i += 2)
        {
            if (operands[i] is PdfString { Bytes.Length: >= 1 and <= 4 } low && codeSpaces.Count < MaxCodeSpaces)
            {
                codeSpaces.Add((low.Bytes.Length, Code(low), Code(operands[i + 1])));
            }
        }
    }

    private void TakeTextRanges(List<PdfObject> operands)
    {
        for (var i = 0; i + 2 < operands.Count; i += 3)
        {
            var (low, high) = (Code(operands[i]), Code(operands[i + 1]));
            if (operands[i + 2] is not PdfArray array)
            {
                ranges.Add((low, high, Text(operands[i + 2])));
                continue;
            }

            for (var offset = 0; offset < array.Items.Count && low + offset <= high; offset++)
            {
                characters[low + (uint)offset] = Text(array.Items[offset]);
            }
        }
    }

    private static uint Code(PdfObject value)
    {
        uint code = 0;
        foreach (var b in (value as PdfString)?.Bytes.Take(4) ?? [])
        {
            code = (code << 8) | b;
        }

        return code;
    }

    private static string Text(PdfObject value) => value switch
    {
        PdfString { Bytes.Length: 1 } text => ((char)text.Bytes[0]).ToString(),
        PdfString text => Encoding.BigEndianUnicode.GetString(text.Bytes.AsSpan(0, Math.Min(text.Bytes.Length, MaxTextLength))),
        PdfName name => PdfGlyphNames.TextOf(name.Value) ?? "",
        _ => "",
    };
}
