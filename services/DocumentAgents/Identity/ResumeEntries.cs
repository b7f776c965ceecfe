using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Identity;

/// <summary>One station of a life: the words beside a period.</summary>
internal sealed record ResumeEntry(IReadOnlyList<string> Parts, PageRow Row);

/// <summary>Finds the stations in a section: each has a period, in its heading or in a line beside it.</summary>
internal static partial class ResumeEntries
{
    public static IReadOnlyList<ResumeEntry> Find(IReadOnlyList<PageRow> section)
    {
        // Lines drawn under headings say nothing.
        IReadOnlyList<PageRow> rows = [.. section.Where(row => row.Text.Any(char.IsLetterOrDigit))];
        var entries = new List<ResumeEntry>();
        var leads = rows.Count > 0 && Alone().IsMatch(Period().Replace(Plain(rows[0].Text), ""));
        for (var index = 0; index < rows.Count; index++)
        {
            var text = Plain(rows[index].Text);
            if ((Period().Match(text) is { Success: true } period ? period : Year().Match(text)) is { Success: true } match)
            {
                entries.Add(Entry(rows, index, match, leads));
            }
        }

        return entries;
    }

    /// <summary>Stations without a period: lines that name two things and are no sentence.</summary>
    public static IReadOnlyList<ResumeEntry> WithoutPeriods(IReadOnlyList<PageRow> rows) =>
        [.. rows.Where(row => IsHeadingLike(Plain(row.Text)))
            .Select(row => new ResumeEntry(Split(Plain(row.Text)), row))
            .Where(entry => entry.Parts.Count == 2)];

    private static ResumeEntry Entry(IReadOnlyList<PageRow> rows, int index, Match period, bool leads)
    {
        var text = Plain(rows[index].Text);
        var before = text[..period.Index].TrimEnd(' ', '(', '[', ',', '|', '–', '—', '-', '\t', ':');
        var after = text[(period.Index + period.Length)..].TrimStart(' ', ')', ']', ',', '|', ':', '–', '—', '-', '\t');
        var heading = before.Length > 2 ? before : "";

        // A period first, then what it was; keywords after a bar are no heading.
        if (heading.Length == 0 && after.Length > 2 && !text[(period.Index + period.Length)..].TrimStart().StartsWith('|'))
        {
            heading = after;
        }

        var parts = heading.Length > 0 ? Split(heading) : [];
        if (parts.Count < 2)
        {
            parts = [.. leads && heading.Length == 0 ? Under(rows, index) : Neighbours(rows, index, heading.Length == 0), .. parts];
        }

        return new([.. parts.Where(part => part.Length > 1)], rows[index]);
    }

    // The name and the role may have lines of their own above the period, or one below it.
    private static List<string> Neighbours(IReadOnlyList<PageRow> rows, int index, bool alone)
    {
        var above = Above(rows, index);
        if (above.Count > 0 && alone)
        {
            return above;
        }

        var nearest = above.Count > 0 ? Split(Plain(rows[index - 1].Text)) : [];
        var below = index + 1 < rows.Count ? Plain(rows[index + 1].Text) : "";
        var isHeading = nearest.Count > 0 && rows[index - 1].Line.Role?.StartsWith("heading", StringComparison.Ordinal) == true;
        return !isHeading && !alone && IsHeadingLike(below) ? [.. Split(below).Take(2)] : nearest;
    }

    // Where a section begins with a period alone, each period stands over what it is about.
    private static List<string> Under(IReadOnlyList<PageRow> rows, int index)
    {
        var text = index + 1 < rows.Count ? Plain(rows[index + 1].Text) : "";
        return IsHeadingLike(text) ? Split(text) : [];
    }

    private static List<string> Above(IReadOnlyList<PageRow> rows, int index)
    {
        var above = new List<string>();
        for (var at = index - 1; at >= Math.Max(0, index - 2); at--)
        {
            var text = Plain(rows[at].Text);
            if (!IsHeadingLike(text) || Period().IsMatch(text))
            {
                break;
            }

            above.InsertRange(0, Split(text));
        }

        return above;
    }

    private static bool IsHeadingLike(string text) =>
        text.Length is > 1 and <= 80 && !Bullet().IsMatch(text) && !text.EndsWith('.')
            && (char.IsUpper(text[0]) || char.IsDigit(text[0]) || text[0] == '\'');

    private static List<string> Split(string heading) =>
        [.. Separators().Split(heading).Select(part => Place().Replace(part, "").Trim(' ', ',', '*', '_', '|', '(', ')'))
            .Where(part => part.Length > 1)];

    /// <summary>A line without the marks of Markdown.</summary>
    private static string Plain(string text)
    {
        var plain = Star().Replace(Link().Replace(text, "$1"), "- ");
        return Words.Collapse(plain.Replace("**", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal))
            .TrimStart('#', ' ');
    }

    [GeneratedRegex(
        @"\(?\b(?:(?:(?:jan|feb|f[ée]v|mar|m[äa]r|mrt|apr|avr|abr|may|mai|mei|maj|mag|jun|jui|giu|jul|lug|aug|ao[uû]|ago|sep|set|oct"
        + @"|okt|ott|out|nov|dec|dez|d[ée]c|dic|des|ene|gen)\p{L}*\.?\s+|\d{1,2}[./])?(?:19|20)\d\d(?:[-./]\d{1,2})?|\?{3})\s*(?:-|–|—"
        + @"|to|until|bis|à|au|til|tot|t/m|a|al)\s*(?:(?:(?:jan|feb|f[ée]v|mar|m[äa]r|mrt|apr|avr|abr|may|mai|mei|maj|mag|jun|jui|giu"
        + @"|jul|lug|aug|ao[uû]|ago|sep|set|oct|okt|ott|out|nov|dec|dez|d[ée]c|dic|des|ene|gen)\p{L}*\.?\s+|\d{1,2}[./])?(?:19"
        + @"|20)\d\d(?:[-./]\d{1,2})?|present|now|today|current|ongoing|heute|jetzt|aujourd'hui|actuel|heden|nu|n[åa]|presente"
        + @"|actualidad|oggi|hoje|kini|sekarang|obecnie|do dzi[sś]|nykyinen|nykyhetki|sou[cč]asnost|n[åa]v[æa]rende|idag|i dag|dato"
        + @"|nuvarande|attuale|ad oggi|in corso|atual|corrente|ahora|a la fecha|lopend|laufend|dosud|trv[áa]|do sou[čc]asnosti|doteraz"
        + @"|s[úu][čc]asnos[ťt]|jelenleg|prezent|do danas|настоящее время|по наст[^\s]*|halen|günümüz)\)?|\(\s*(?:19|20)\d\d\s*\)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Period();

    // "Depuis 2020 …", "2016 …": a beginning, or a single year in front.
    [GeneratedRegex(
        @"^(?:(?:depuis|seit|since|sedan|siden|sinds|desde|dal|from)\s+(?:\p{L}+\.?\s+)?(?:\d{1,2}[./])?(?:19|20)\d\d\b|(?:19"
        + @"|20)\d\d(?=\s+\p{Lu}|\s*$|\s*[:|]))|(?<=[|,]\s{0,3})(?:19|20)\d\d\s*$|(?<=[\s(,–—-])(?:depuis|seit|since|sedan|siden|sinds"
        + @"|desde|dal|od|fr[åa]n)\s+(?:\p{L}+\.?\s+)?(?:\d{1,2}[./])?(?:19|20)\d\d\)?\s*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Year();

    [GeneratedRegex(@"^\W*$")]
    private static partial Regex Alone();

    [GeneratedRegex(@"^\s*[-•*·▪◦‣o]\s")]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^\s*\*\s")]
    private static partial Regex Star();

    // "Company (Town)"
    [GeneratedRegex(@"(?<=\p{L}{3,})\s+\([^()]*\)\s*$")]
    private static partial Regex Place();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(
        @"\s+(?:at|@|bei|chez|bij|hos|en|presso|na)\s+(?=\p{Lu})|\s*[|·•]\s*|\s+[-–—]\s+|,\s+(?!" + LegalForm.Forms + @")|\s{2,}|\t")]
    private static partial Regex Separators();
}
