using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Contract;

/// <summary>Under whose law the contract stands.</summary>
internal static partial class GoverningLaw
{
    public static ContractText? Find(Prose prose) =>
        Sentences(prose).Select(match => Text(prose, match)).FirstOrDefault(found => found is not null) ?? UnderHeading(prose);

    // Laws are named in many places, as the ones a party was founded under; the one that governs has such words before it or close behind.
    private static IEnumerable<Match> Sentences(Prose prose) => Laws().Matches(prose.Text).Where(match => Governs(prose.Text, match));

    private static bool Governs(string text, Match match)
    {
        var before = text[Math.Max(0, match.Index - 140)..match.Index];
        var after = text[match.Index..Math.Min(text.Length, match.Index + match.Length + 40)];
        return !Founded().IsMatch(before) && !Statute().IsMatch(after)
            && (GoverningWords().IsMatch(before) || GoverningWords().IsMatch(after));
    }

    private static ContractText? Text(Prose prose, Match match)
    {
        var name = Clean(match.Groups["name"].Value);
        if (name.Length < 3)
        {
            return null;
        }

        var rest = prose.Text[(match.Index + match.Length)..Math.Min(prose.Text.Length, match.Index + match.Length + 80)];
        var federal = Federal().Match(rest);
        name = char.ToUpperInvariant(name[0]) + name[1..];
        return new(federal.Success ? $"{name}, {federal.Groups[1].Value}" : name, prose.PlaceOf(match.Index));
    }

    private static ContractText? UnderHeading(Prose prose)
    {
        for (var index = 0; index + 1 < prose.Lines.Count; index++)
        {
            var cells = Columns.Split(prose.Lines[index].Text).Select(cell => cell.Text).ToList();
            var heading = cells.FindIndex(cell => Heading().IsMatch(cell));
            if (heading < 0)
            {
                continue;
            }

            var value = heading + 1 < cells.Count ? cells[heading + 1] : Words.Collapse(prose.Lines[index + 1].Text);
            if (Proper().IsMatch(value))
            {
                return new(value.TrimEnd('.'), prose.Lines[index + 1].Place, 0.8);
            }
        }

        return null;
    }

    private static string Clean(string name) => Trailing().Replace(Words.Collapse(name), "").Trim(' ', ',', '.', ';');

    [GeneratedRegex(
        @"\b[Ll]aws?\b(?:\s*\([^)]{0,60}\))?(?:,[^.,;]{0,80},)?(?:\s+and\s+\p{Ll}+(?:\s\p{Ll}+)?)?(?:\s+(?:of|in force in"
        + @"|prevailing in|applicable in)\s+)(?:[Tt]he\s+)?(?:(?:internal|substantive)\s+laws\s+of\s+(?:the\s+)?)?(?:(?:[Ss]tate"
        + @"|Commonwealth|[Pp]rovince|Canton|Dominion|Government)s?\s+of\s+(?:the\s+)?)?(?<name>(?<=\b[Ss]tate\s+of\s+)\p{Ll}{4,}"
        + @"|\p{Lu}[\p{L}'.-]+(?:\s+(?:of\s+|and\s+|the\s+)*\p{Lu}[\p{L}'.-]+){0,4})|\blaws?\s+of\s+""(?<name>[^""]{3,60})"""
        + @"|\b(?<name>\p{Lu}[\p{L}]+(?:\s\p{Lu}[\p{L}]+)?)\s+law\s+(?:shall\s+)?(?:govern|appl)"
        + @"|\bRecht\s+der\s+(?<name>Bundesrepublik\s+Deutschland|Republik\s+Österreich|Schweiz)|\b(?<name>[Dd]eutsches"
        + @"|[Öö]sterreichisches|[Ss]chweizer(?:isches)?)\s+Recht\b|\b[Dd]roit\s+(?<name>français|belge|suisse|luxembourgeois)"
        + @"|\b(?<name>Nederlands|Belgisch)\s+recht\b|\b(?<name>[Ss]vensk|[Dd]ansk|[Nn]orsk)\s+(?:lag|ret|rett)\b"
        + @"|\bleyes\s+de\s+(?<name>\p{Lu}\p{L}+)|\blegge\s+(?<name>italiana)|\blei\s+(?<name>portuguesa|brasileira)|\b(?:legislaci[oó]n"
        + @"|ley|derecho)\s+(?<name>espa[nñ]ola?)|\bprawo\s+(?<name>polskie)|\bdiritto\s+(?<name>italiano)"
        + @"|\bdireito\s+(?<name>portugu[eê]s|brasileiro)")]
    private static partial Regex Laws();

    [GeneratedRegex(
        @"govern|constru|interpret|subject to|choice of law|applicable law|accordance with|anwendbar|gilt|unterliegt|r[ée]gi|soumis"
        + @"|van toepassing|beheerst|till[aä]mp|underlagt|gælder|gjelder|rige|sujet|regolat|disciplinat|regid",
        RegexOptions.IgnoreCase)]
    private static partial Regex GoverningWords();

    [GeneratedRegex(
        @"\b(?:organi[sz]ed|incorporated|existing|formed|registered|established|gegründet|constitu[ée]+)\b[^.]{0,60}$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Founded();

    // "the Law of Property (Miscellaneous Provisions) Act": no country's.
    [GeneratedRegex(@"^Law\s[^.;,]{0,80}\bAct\b")]
    private static partial Regex Statute();

    [GeneratedRegex(@"^[^.]{0,40}federal laws of (\p{Lu}\p{L}+)")]
    private static partial Regex Federal();

    [GeneratedRegex(
        @"^\W*(?:governing law|applicable law|choice of law|anwendbares recht|droit applicable|toepasselijk recht|till[aä]mplig lag"
        + @"|lovvalg|ley aplicable|legge applicabile|lei aplic[aá]vel)\W*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\p{Lu}[\p{L}'.-]+(?:,?\s\p{L}[\p{L}'.-]+){0,4}$")]
    private static partial Regex Proper();

    [GeneratedRegex(
        @"\s+(?:Without|Excluding|Except|And|Any|The|Venue|Each|All|In|Section|Article|Jurisdiction|This|Law)\b.*$|\.\s.*$|\s+(?:and"
        + @"|of|the)$")]
    private static partial Regex Trailing();
}
