using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Contract;

/// <summary>The end of the term: a date that is named, or the start and a number of years or months.</summary>
internal static partial class ContractTerm
{
    private static readonly FrozenDictionary<string, int> Numbers = new Dictionary<string, int>
    {
        ["one"] = 1, ["two"] = 2, ["three"] =
            3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9, ["ten"] = 10, ["twelve"] = 12,
        ["fifteen"] = 15, ["eighteen"] = 18, ["twenty"] =
            20, ["twenty-four"] = 24, ["thirty-six"] = 36, ["a"] = 1, ["an"] = 1, ["ein"] = 1, ["einem"] = 1, ["zwei"] = 2, ["drei"] = 3,
        ["un"] = 1, ["deux"] = 2, ["trois"] = 3, ["une"] = 1,
    }.ToFrozenDictionary();

    /// <summary>Two days of one sentence about a term, the earlier first: from when until when; null when there are none.</summary>
    public static (PrintedDate First, PrintedDate Last)? Span(Prose prose, List<PrintedDate> dates)
    {
        foreach (var (first, last) in dates.Zip(dates.Skip(1)).Where(pair => string.CompareOrdinal(pair.First.Iso, pair.Second.Iso) < 0))
        {
            var before = prose.Text[Math.Max(0, first.Start - 110)..first.Start];
            if (Until().IsMatch(prose.Text[first.End..last.Start]) && About().IsMatch(before))
            {
                return (first, last);
            }
        }

        return null;
    }

    /// <param name="last">The end of a span found already.</param>
    public static ContractText? End(Prose prose, List<PrintedDate> dates, string? start, PrintedDate? last)
    {
        foreach (var date in dates)
        {
            var before = prose.Text[Math.Max(0, date.Start - 110)..date.Start];
            if (EndBefore().IsMatch(before) && About().IsMatch(before) && string.CompareOrdinal(date.Iso, start) > 0)
            {
                return new(date.Iso, prose.PlaceOf(date.Start), 0.85);
            }
        }

        if (last is { } day)
        {
            return new(day.Iso, prose.PlaceOf(day.Start), 0.75);
        }

        return start is null ? null : Computed(prose, dates, start);
    }

    /// <summary>Whether the words before a date say that something ends on it.</summary>
    public static bool IsEnd(string before) => EndBefore().IsMatch(before);

    private static ContractText? Computed(Prose prose, List<PrintedDate> dates, string start)
    {
        var match = Period().Match(prose.Text);
        if (!match.Success)
        {
            return null;
        }

        // The term may have a start of its own in the same sentence.
        var own = dates.LastOrDefault(date => date.End <= match.Index + match.Length && date.Start > match.Index - 160);
        var from = DateOnly.ParseExact(own.Iso ?? start, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var number = match.Groups["figure"].Success ? int.Parse(match.Groups["figure"].Value, CultureInfo.InvariantCulture)
            : Numbers.GetValueOrDefault(match.Groups["word"].Value.ToLowerInvariant());
        if (number is <= 0 or > 99)
        {
            return null;
        }

        var years = match.Groups["unit"].Value.ToLowerInvariant()[0] is 'y' or 'j' or 'a';
        var end = years ? from.AddYears(number) : from.AddMonths(number);
        return new(end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), prose.PlaceOf(match.Index), 0.6);
    }

    // "to", "and shall end on", "y finalizará el": a few words, among them one that leads to an end.
    [GeneratedRegex(
        @"^(?:\s*,?\s*\p{L}+\.?){0,6}?\s*,?\s*\b(?:to|until|till?|through|ends?|expires?|bis|endet|au|jusqu'au|fin|expire|al"
        + @"|hasta(?: el)?|fin\p{L}+"
        + @"|termin\p{L}*|venc\p{L}+|fino al|tot(?: en met)?|t/m|eindigt|einde|do|ko[nń][cč]\p{L}+|til(?: og med)?|upph\p{L}+|oph\p{L}+"
        + @"|opph\p{L}+|p[aä]{2}ttyy|at[eé]|scad\p{L}+|cess\p{L}+|slut\p{L}*)\b(?:\s*\p{L}+){0,4}\s*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Until();

    [GeneratedRegex(
        @"\b(?:end(?:s|ing)?|expir(?:e|es|ing|ation date)|conclud(?:e|es|ing)|terminat(?:e|es|ing)|until|through(?:\s+to)?|bis(?:\s+zum)?|jusqu'au"
        + @"|tot(?:\s+en\s+met)?|t\.o\.m\.|til"
        + @"|hasta(?:\s+el)?|fino\s+al|at[ée]|endet(?:\s+am)?|prend(?:ra)?\s+fin\s+(?:le|au)|(?:se\s+)?termine(?:ra)?\s+le"
        + @"|s'ach[èe]ve(?:ra)?\s+le|expire(?:ra)?\s+le"
        + @"|eindigt\s+op|upph[öo]r|utl[øo]per|slutter|vence\s+el|termina\s+(?:el|il|em)|scade\s+il)\b[\s,:]*"
        + @"(?:on|as of|is|:|the|and including|at midnight on|date of)?[\s,:]*(?:the\s+)?$",
        RegexOptions.IgnoreCase)]
    private static partial Regex EndBefore();

    [GeneratedRegex(
        @"\b(?:term|agreement|period|commenc|contract|lease|effect|laufzeit|vertrag|dur[ée]e|looptijd|avtal|aftale|vigencia|durata"
        + @"|overeenkomst|contrat|accord|sopimus|umow|smlouv|zmluv|szerz|entr|in[ií]cio|begin|start|lever|od dnia|vig[eê]nc|dur|hyra"
        + @"|lejem[åa]l|leie|dura[çc][aã]o)",
        RegexOptions.IgnoreCase)]
    private static partial Regex About();

    [GeneratedRegex(
        @"\b(?:(?:initial\s+)?term\b[^.;]{0,80}?\b(?:of|for|be|is)|(?:continue|remain|effect|force)[^.;]{0,60}?\b(?:for|of)"
        + @"|for a period of|laufzeit[^.;]{0,40}?(?:von|betr[aä]gt)|dur[ée]e[^.;]{0,30}?de)\s+(?:a\s+(?:term"
        + @"|period)\s+of\s+)?(?:an?\s+initial\s+(?:term|period)\s+of\s+)?(?:(?<word>[\p{L}-]+)\s*\(\s*(?<figure>\d{1,2})\s*\)"
        + @"|(?<figure>\d{1,2})|(?<word>[\p{L}-]+))\s*(?:-?\s*)(?<unit>years?|months?|jahre?n?|monate?n?|ans?|ann[ée]es?|mois)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Period();
}
