using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.Contract;

/// <param name="IsDescribed">Its form, home or alias follows the name.</param>
internal sealed record ContractParty(string Name, Place Place, bool IsDescribed = false);

/// <summary>Who made the contract: the names after "between", each ended by what the contract says about it.</summary>
internal static partial class PartiesRule
{
    private const int HeadLength = 8_000;
    private const int RegionLength = 2_500;
    private const int MaxParties = 6;
    private const int LongestAside = 300;

    private static readonly char[] Brackets = ['(', ')'];

    public static IReadOnlyList<ContractParty> Find(Prose prose)
    {
        var head = prose.Text[..Math.Min(HeadLength, prose.Text.Length)];
        var found = Between().Matches(head).Select(between => Parse(prose, between.Index + between.Length)).ToList();
        if (found.FirstOrDefault(parties => parties.Count >= 2) is { } first)
        {
            return found.Where(parties => AreSame(first, parties))
                .MaxBy(parties => Math.Min(parties.Count(party => party.IsDescribed), 2))!;
        }

        var named = found.FirstOrDefault(parties => parties.Count > 0) ?? [];
        var labelled = Labelled(prose, head);
        List<ContractParty> both = [.. named.Concat(labelled).DistinctBy(party => Words.Key(party.Name))];
        List<ContractParty>[] lists = [Sided(prose, head), LabelledParties.OfLines(prose), both, LabelledParties.OfSignatures(prose)];
        return lists.FirstOrDefault(parties => parties.Count >= 2)
            ?? lists.FirstOrDefault(parties => parties.Any(party => party.IsDescribed || LegalForm.IsCompany(party.Name)))
            ?? [];
    }

    // A cover names the parties; the preamble describes the same ones too, and says better where their names end.
    private static bool AreSame(List<ContractParty> first, List<ContractParty> other) =>
        other.Count >= 2 && first.Take(2)
            .All(party => other.Any(same => IsBeginning(party.Name, same.Name) || IsBeginning(same.Name, party.Name)));

    private static bool IsBeginning(string begin, string name) => Words.Key(name).StartsWith(Words.Key(begin), StringComparison.Ordinal);

    // "De una parte, … De otra parte, …", "(1) … (2) …": each party is announced.
    private static List<ContractParty> Sided(Prose prose, string head)
    {
        var parties = new List<ContractParty>();
        foreach (Match side in Side().Matches(head).Take(MaxParties))
        {
            var start = side.Index + side.Length;
            var region = prose.Text.Substring(start, Math.Min(400, prose.Text.Length - start));
            if (Name(region, 0, region.Length) is { } name)
            {
                parties.Add(new(Clean(name.Text), prose.PlaceOf(start + name.Start)));
            }
        }

        return parties;
    }

    private static List<ContractParty> Parse(Prose prose, int start)
    {
        var region = prose.Text.Substring(start, Math.Min(RegionLength, prose.Text.Length - start));
        var parties = new List<ContractParty>();
        var end = EndOfRegion(region);
        var next = Lettered().IsMatch(region) ? Letter() : And();
        for (var at = 0; at < end && parties.Count < MaxParties;)
        {
            if (Name(region, at, end) is not { } name)
            {
                break;
            }

            var party = new ContractParty(
                Clean(name.Text), prose.PlaceOf(start + name.Start), Description().IsMatch(After(region, name.End)));
            if (!Reference().IsMatch(party.Name) && !parties.Any(other => IsAgain(party, other)))
            {
                parties.Add(party);
            }

            at = Next(region, name.End, end, next);
        }

        return parties;
    }

    // "Alpha Ltd and Beta Ltd … Alpha agrees": what it is called for short.
    private static bool IsAgain(ContractParty party, ContractParty other) =>
        Words.Key(party.Name) == Words.Key(other.Name) || (!party.IsDescribed && IsBeginning(party.Name, other.Name));

    private static int EndOfRegion(string region)
    {
        var match = Recitals().Match(region);
        return match.Success ? match.Index : region.Length;
    }

    /// <summary>The name a text begins with, without what is said about it; null when there is none.</summary>
    public static string? NameIn(string text) => Name(text, 0, text.Length) is { } name && Clean(name.Text) is { Length: > 2 } clean
        ? clean
        : null;

    private static (string Text, int Start, int End)? Name(string region, int at, int end)
    {
        var lead = Lead().Match(region, at);
        var start = at + (lead.Success ? lead.Length : 0);
        if (start >= end)
        {
            return null;
        }

        var stop = NameEnd().Match(region, start);
        var text = LegalForm.EndName(region[start..Math.Min(end, stop.Success ? stop.Index : region.Length)]);
        var limit = start + text.Length;
        return text.Length is >= 2 and <= 120 && (text.Any(char.IsUpper) || Founded().IsMatch(region[limit..]))
            ? (text, start, limit)
            : null;
    }

    // "Primeira Contraente: Vinhos ..." says what the party is before who it is.
    private static string WithoutRole(string text) => RoleBefore().Replace(text, "");

    // What follows a name describes it, with addresses that hold an "and" of their own: the next name begins where an "and" is followed by
    // a name.
    private static int Next(string region, int from, int end, Regex separator)
    {
        foreach (Match and in separator.Matches(region[..end], from))
        {
            var after = and.Index + and.Length;
            if (LooksLikeParty(region, after, end) && !IsInsideName(region, and))
            {
                return after;
            }
        }

        return end;
    }

    private static bool LooksLikeParty(string region, int at, int end)
    {
        if (Name(region, at, end) is not { } name || name.End >= region.Length || Talk().IsMatch(name.Text))
        {
            return false;
        }

        var what = After(region, name.End);
        if (name.Text.Split(' ')[0].All(char.IsLower))
        {
            return !name.Text.Any(char.IsUpper) && Founded().IsMatch(what);
        }

        return LegalForm.IsCompany(name.Text) || Description().IsMatch(what) || Titled().IsMatch(region[..name.Start]);
    }

    private static string After(string region, int at) => region[at..Math.Min(region.Length, at + 160)];

    private static bool IsInsideName(string region, Match and)
    {
        var before = region[Math.Max(0, and.Index - 40)..and.Index];
        return IsInBrackets(region, and.Index)
            || (char.IsLetter(and.Value[0]) && (InPlace().IsMatch(before) || before.EndsWith(" by", StringComparison.Ordinal)));
    }

    // Brackets that are never closed hold nothing.
    private static bool IsInBrackets(string region, int at)
    {
        var before = region.LastIndexOfAny(Brackets, at);
        var after = region.IndexOfAny(Brackets, at);
        return before >= 0 && after >= 0 && after - before < LongestAside && (region[before], region[after]) == ('(', ')');
    }

    // PARTY 1 / Employer: names given beside labels, as in cover pages.
    private static List<ContractParty> Labelled(Prose prose, string head) =>
    [
        .. LabelledParty().Matches(head).Take(MaxParties)
            .Select(match => new ContractParty(Clean(match.Groups[1].Value), prose.PlaceOf(match.Groups[1].Index)))
            .Where(party => party.Name.Length > 2),
    ];

    private static string Clean(string text) => Words.Collapse(WithoutRole(text)).Trim(' ', ',', ';', ':', '-', '_', '*', '"');

    [GeneratedRegex(
        @"\b(?:by\s+and\s+(?:between|among)|between|among|zwischen|entre(?:\s+les\s+soussign[ée]s)?|tussen|mellan|mellem|mellom|tra"
        + @"|fra|antara|pomi[eę]dzy|mi[eę]dzy|mezi|medzi|[iî]ntre|izme[dđ]u|made[^.]{0,90}\bby(?!\s+and\b))\b\s*:?(?:\s+(?:and\s+among"
        + @"|the\s+parties|the\s+following(?:\s+parties)?|the\s+undersigned)\b\s*:?)?\s*",
        RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    [GeneratedRegex(
        @"\b(?:de una parte|de (?:la )?otra(?: parte)?|por una parte|por (?:la )?otra(?: parte)?|da una parte|dall'altra(?: parte)?"
        + @"|d'une part|d'autre part|enerzijds|anderzijds|de um lado|de outro lado)\s*[:,]\s*|(?<=\b(?:part(?:ies|ijen|eien|i|es|er|erna"
        + @"|erne)|contratantes|soussign[ée]s|undersigned|ondergetekenden)\b\s*:?[^\d.]{0,120})\(?1[.)]\s+(?=\p{Lu})|[;,]\s*(?:and\s+"
        + @"|und\s+|et\s+|en\s+)?\(?[2-6][.)]\s+(?=\p{Lu}[^;]{2,80}?(?:,|\(|\bof\b))|(?:;\s*|(?<=[)""])\s+)(?:and\s+|und\s+|et\s+"
        + @"|en\s+)?\([2-6]\)\s+(?=\p{Lu})",
        RegexOptions.IgnoreCase)]
    private static partial Regex Side();

    [GeneratedRegex(
        @"\b(WHEREAS|RECITALS?|Recitals|R E C I T A L S|WITNESSETH|W I T N E S S E T H|BACKGROUND|Background|NOW,? THEREFORE|Whereas"
        + @"|Präambel|PREAMBLE|PRÄAMBEL|IT IS (?:HEREBY )?AGREED|In consideration of)\b|\s1\.\s+[A-Z]|§\s?1\b")]
    private static partial Regex Recitals();

    [GeneratedRegex(
        @"\G(?:[\s\-–—:,_*""]*(?:\(\w{1,3}\)|\d\.|[a-z]\))?\s*(?:(?:the|der|die|das|la|le|de heer|De heer|mevrouw|Mevrouw|Firma"
        + @"|der Firma|die Firma|Herrn?|Frau|Mrs?\.?|Ms\.?|Dr\.?|der Herr|die Frau|[Ll]a [Ss]oci[ée]t[ée]|[Ll]'entreprise"
        + @"|[Ll]'association|Mme|Madame|Monsieur|M\.|D[ªa]?\.|D[ñoa]{2,3}n?a?|el Sr\.|la Sra\.|il Sig\.|la Sig\.ra|la [Dd]itta"
        + @"|[Ll]a empresa|[Aa] empresa)\s+(?=\p{Lu}))?)",
        RegexOptions.None)]
    private static partial Regex Lead();

    [GeneratedRegex(@"^\s*(?:\p{L}+[.ªº]*\s){0,2}\p{L}{4,}\s?:\s+(?=\p{Lu})")]
    private static partial Regex RoleBefore();

    // A name ends before what is said about it: its alias, address, number, home, or the next party.
    [GeneratedRegex(
        @"\s*\((?!\p{L}[\p{L}\s.&-]{1,30}\)\s+(?:Limited|LIMITED|Ltd|LTD|Inc|INC|LLC|PLC|plc|GmbH|AG|B\.V|S\.A|Pty|Pte|Co\b|Corp))"
        + @"|;|\s*"",?|,?\s+-\s+(?!(?:\p{Lu}[\p{L}.]*\s){1,5}\()"
        + @"|,\s+(?!(?i:a\.\s?s|s\.\s?r\.\s?o|spol|d\.\s?o\.\s?o|e\.\s?V|v\.\s?o\.\s?s|inc|ll[cp]|l\.l\.c|ltd|limited|corp|co|lp|plc)\b)"
        + @"(?:(?=\p{Ll})|(?:NIPC?|NIF|CIF|CVR|C\.F\.|P\.\s?IVA|KvK|RCS|SIRET|VAT|Individual)\b|\d|(?=\p{Lu}[\p{Lu}.]{1,8}\s+\p{Ll})"
        + @"|(?=[^,;()]{3,40}\s\d{1,4}\s?[a-z]?\s*[,(])|(?=(?:Mrs?|Ms|Dr)\.?\s+\p{Lu}))|\s+as\s+(?=\p{Lu})"
        + @"|(?<!-)\s+(?:incorporated|organi[sz]ed|registered|established|of\s+\d|of\s+(?=[A-Z][a-z]+,)|with\s|whose\s|having\s|located\s"
        + @"|(?:acting\s+)?through\s|d/?b/?a/?\s|doing\s+business\s|(?:(?:hereby|mutually)\s+)?agrees?\s"
        + @"|an?\s+(?:\w+\s+){0,4}(?:corporation|company|partnership|individual|limited|citizen|resident)|hereinafter"
        + @"|[Tt]his\s+\p{Lu}|THIS\s|and\s|AND\s|und\s|et\s|en\s|och\s|og\s|y\s|e\s(?=\p{Lu}))|\.\s+(?=[A-Z])(?<!\b(?:Inc|Co"
        + @"|Corp|Ltd|Pvt|Pte|Pty|Sdn|Mr|Mrs|Ms|Dr|St|No|[A-Z])\.\s+)|\s+on\s+(?:her|his|its|behalf)")]
    private static partial Regex NameEnd();

    [GeneratedRegex(
        @"(?<=[\s,;)""])(?<!\p{L}-\s)(?:and|And|AND|und|UND|et|Et|ET|en|En|och|og|y|Y|e|E|dan|oraz|ve|[șs]i"
        + @"|a(?=\s\p{Lu}[^;:]{2,80},\s(?:z(?:am|\s)|se\s|so\s|s[ií]d|byt|I[ČC]O?\b|reprezent|prowadz)))\s*:?\s+(?=(?:[-–—]\s+)?[""\p{L}\d(])"
        + @"|;\s+(?=\p{Lu})|(?<=\)),\s+(?:and\s+)?(?=\p{L})|\s/\s(?=\p{Lu})|,\s+(?=(?:Mrs?|Ms|Dr)\.?\s+\p{Lu})")]
    private static partial Regex And();

    [GeneratedRegex(
        @"^""?\s*,?\s*(?:as\s\p{Lu}|con\s|com\s|z\s|se\s+s|so\s+s|zam|byt|s[ií]dl|cu\s|sise?\s|au capital|mayor de edad|wonende|demeurant"
        + @"|domicili|\(|an?\s|the\s+""|whose|having|with\s|located|of\s+\d|organi|incorporated|residing|represented|vertreten|mit Sitz"
        + @"|(?:acting\s+)?through\s|d/?b/?a/?\s|doing\s+business|nachfolgend|dont|gevestigd|hierna|on (?:her|his|its)|hereinafter)"
        + @"|^[^.]{0,140}\b(?:nachfolgend|im [Ff]olgenden|ci-apr|hierna|di seguito|en adelante|doravante|hereinafter|hereafter|nedan|herefter|heretter)"
        + @"|^[^.]{0,80}\((?:the|hereinafter|""|collectively|nachfolgend|im Folgenden|ci-apr|hierna|hereafter|nedan|herefter|en adelante|di seguito|doravante)")]
    private static partial Regex Description();

    // "i-on interactive, a Florida corporation": a name in small letters.
    [GeneratedRegex(@"^,?\s+an?\s+(?:\w+\s+){0,4}(?:corporation|company|partnership|association|foundation|trust)\b")]
    private static partial Regex Founded();

    // "Mr. Zheng Qing"
    [GeneratedRegex(@"\b(?:Mrs?|Ms|Dr|Herrn?|Frau|Mme|Madame|Monsieur|[Mm]evrouw|[Dd]e heer)\.?\s+$")]
    private static partial Regex Titled();

    // "(a) Skipper Limited, …, (b) Mate Limited, … and (c) …"
    [GeneratedRegex(@"^\W*\(?(?:a|i|1)\)\s")]
    private static partial Regex Lettered();

    [GeneratedRegex(@"[,;.)]\s+(?:and\s+)?(?=\((?:[b-j]|[ivx]{2,4}|[2-9])\)\s+\p{L})")]
    private static partial Regex Letter();

    // "the company set forth below": its name stands elsewhere.
    [GeneratedRegex(@"\b(?:named|set forth|identified|listed|specified|described|signatory|undersigned)\b")]
    private static partial Regex Reference();

    // A name does not talk.
    [GeneratedRegex(@"\b(?:shall|will|may|must|intends?|agrees?|are|is|was|has|have|desires?|wish(?:es)?|between|wants?)\b")]
    private static partial Regex Talk();

    // "registered in England and Wales"
    [GeneratedRegex(@"\bin\s+\p{Lu}\p{L}+\s?$")]
    private static partial Regex InPlace();

    [GeneratedRegex($@"\b(?i:{LabelledParties.Roles})\s*:\s*(\p{{Lu}}[^:;()]{{2,60}}?(?:,\s*{LegalForm.Forms})?)(?=\s*(?:[,;(]|\b[A-Z][a-z]+\s*:))")]
    private static partial Regex LabelledParty();
}
