using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Classification;

/// <summary>How much a line is a heading made of a phrase.</summary>
internal static partial class Headings
{
    private const int MaxLength = 300;

    private static readonly char[] Ornaments = [.. " .:*#-=_\"[]【】《》"];

    /// <summary>The cells of a line, folded, and what stands between their strokes; a long line has none that could be a heading.</summary>
    public static IReadOnlyList<string> Cells(string line) =>
        line.Length > MaxLength ? [] : [.. Columns.Split(line).SelectMany(cell => Parts(Words.Fold(cell.Text))).Distinct()];

    /// <summary>
    /// A cell that is the phrase alone counts most, with a number nearly as much, one that begins or ends with it less, lower lines less.
    /// </summary>
    /// <param name="phrase">Folded; with a star in front the end of a longer word will do: compounds end with what they are.</param>
    public static double Strength(IReadOnlyList<string> cells, string phrase, int position)
    {
        var best = 0d;
        foreach (var cell in cells)
        {
            best = Math.Max(best, OfCell(cell, phrase));
        }

        return best * (position < 6 ? 1 : position < 14 ? 0.8 : 0.6);
    }

    /// <summary>How much one of the cells is a heading made of one of the phrases, wherever it stands.</summary>
    public static double Strength(IReadOnlyList<string> cells, IEnumerable<string> phrases) =>
        phrases.Max(phrase => Strength(cells, phrase, 0));

    // "Quittung / Receipt", "Utopia - Driving licence"; a subject says in other words what the letter is.
    private static IEnumerable<string> Parts(string cell)
    {
        var plain = Subject().Replace(cell, "");
        var parts = Strokes().Split(plain);
        return parts.Length is > 1 and <= 5 ? [plain, .. parts.Where(part => part.Any(char.IsLetter))] : [plain];
    }

    private static double OfCell(string cell, string phrase)
    {
        var compound = phrase[0] == '*';
        var name = compound ? phrase[1..] : phrase;
        var at = cell.IndexOf(name, StringComparison.Ordinal);
        if (at < 0 || !IsWhole(cell, at, name.Length, compound))
        {
            return 0;
        }

        var begin = compound ? StartOfWord(cell, at) : at;
        if (Reference().IsMatch(cell[..begin]))
        {
            return 0;
        }

        return OfWords(cell, begin, at + name.Length);
    }

    private static double OfWords(string cell, int begin, int end)
    {
        var before = Ordinal().Replace(cell[..begin], "").Trim(Ornaments);
        var after = cell[end..].Trim(Ornaments);
        if (before.Length == 0)
        {
            return after.Length == 0 ? 1.3 : Numbered().IsMatch(after) ? 1.2 : WordsIn(after) > 7 ? 0 : 0.75;
        }

        var words = WordsIn(before) + WordsIn(after);
        return words > 7 ? 0 : after.Length == 0 ? 0.75 : Numbered().IsMatch(after) ? 0.6 : 0.3;
    }

    private static bool IsWhole(string cell, int at, int length, bool compound) =>
        compound ? at + length == cell.Length || !char.IsLetterOrDigit(cell[at + length]) : FoldedText.IsWhole(cell, at, length);

    private static int StartOfWord(string cell, int at)
    {
        while (at > 0 && char.IsLetter(cell[at - 1]))
        {
            at--;
        }

        return at;
    }

    private static int WordsIn(string text) => text.Length == 0 ? 0 : text.Count(character => character == ' ') + 1;

    [GeneratedRegex(
        @"^(?:betreff|betreft|betr|objet|oggetto|subject|concerne|asunto|assunto|vedr(?:orende)?|angaende|arende|gjelder"
        + @"|re)\s?[.:]+\s*")]
    private static partial Regex Subject();

    [GeneratedRegex(@"\s+[/–—-]\s+")]
    private static partial Regex Strokes();

    [GeneratedRegex(
        @"(?:^|\s)(?:the|our|your|copy|kopie|duplicate|original|final|first|second|third|last|1st|2nd|3rd|official|erste|zweite|dritte"
        + @"|letzte|premiere?|deuxieme|derniere?|eerste|tweede|derde|laatste|primo|secondo|ultimo|primer|segundo|forsta|andra|forste"
        + @"|anden|1\.|2\.|3\.|2e|3e)(?=\s|$)")]
    private static partial Regex Ordinal();

    // "zu Rechnung Nr. 1": another document is meant.
    [GeneratedRegex(
        @"(?:^|\s)(?:zu|zur|per|our|your|ihre[rn]?|unsere[rn]?|notre|votre|sur|uw|onze|su|vs\.?|against|for|avser|vedr\w*|til|to|auf"
        + @"|aus|of)\s+$")]
    private static partial Regex Reference();

    // "Nr. 26-0551 vom 08.04.2026", "(D.P.R. 472/96)", "112/2024", "for May 2026"
    [GeneratedRegex(
        @"^(?:\([^)]{1,40}\)|(?:n[ro°º]?|nr|no|num\w*|#|№|serie|ref)?[\s.:°º#-]*(?:[\p{L}]{1,5}[\s\-/]?)?\d[\w/.\-]*(?:\s+(?:vom|du"
        + @"|del|dated|of|af|av|fra|van|d\.d\.|dd|om|den|z dnia)?\s*[\d./\- ]*\d[\w ,./]*)?)$")]
    private static partial Regex Numbered();
}
