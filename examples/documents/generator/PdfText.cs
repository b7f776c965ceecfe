using System.Text;

namespace DocumentGenerator;

/// <summary>Text as the standard fonts of PDF take it.</summary>
internal static class PdfText
{
    // Characters 128 to 159 of WinAnsi that occur here; the others below 256 are those of Latin 1.
    private const string Special = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    // Helvetica, from the space to the tilde, in thousandths of the size.
    private static readonly short[] Widths =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278,
        584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944,
        667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
        278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    public static int WidthOf(char character) => character is >= ' ' and <= '~' ? Widths[character - ' '] : 556;

    /// <summary>The characters between the parentheses of a string; all below 256.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            var special = Special.IndexOf(character, StringComparison.Ordinal);
            _ = character switch
            {
                '(' or ')' or '\\' => escaped.Append('\\').Append(character),
                _ when special >= 0 => escaped.Append((char)(128 + special)),
                <= 'ÿ' => escaped.Append(character),
                _ => throw new InvalidDataException($"'{character}' is not in the standard fonts."),
            };
        }

        return escaped.ToString();
    }
}
