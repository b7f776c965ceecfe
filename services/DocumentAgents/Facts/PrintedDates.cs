using System.Globalization;
using System.Text.RegularExpressions;

namespace DocumentAgents.Facts;

/// <summary>A date somewhere in a line.</summary>
internal readonly record struct PrintedDate(string Iso, int Start, int End, string Text);

/// <summary>Finds dates in printed text, in figures and with names of months.</summary>
internal static partial class PrintedDates
{
    /// <summary>All dates of a line.</summary>
    /// <param name="monthFirst">Whether 03/04/2020 is the fourth of March in this document.</param>
    public static IReadOnlyList<PrintedDate> Find(string line, bool monthFirst = false)
    {
        var found = new List<PrintedDate>();
        Add(found, Era().Matches(line), match => (EraYear(match), match.Groups["month"].Value, match.Groups["day"].Value));
        Add(found, YearFirst().Matches(line), YearMonthDay);
        Add(found, DayMonthName().Matches(line), match => (match.Groups[3].Value, match.Groups[2].Value, match.Groups[1].Value));
        Add(found, MonthNameDay().Matches(line), match => (match.Groups[3].Value, match.Groups[1].Value, match.Groups[2].Value));
        Add(found, Figures().Matches(line), match => Order(match, monthFirst));
        return [.. found.OrderBy(date => date.Start)];
    }

    /// <summary>
    /// Whether dates in figures put the month first: a second part above 12 says yes, a first part above 12 says no; without either, the
    /// American way of writing addresses and money says yes.
    /// </summary>
    public static bool IsMonthFirst(string text)
    {
        var monthFirst = 0;
        var dayFirst = 0;
        foreach (Match match in Figures().Matches(text))
        {
            var first = Number(match.Groups[1].Value);
            var second = Number(match.Groups[3].Value);
            monthFirst += second > 12 && first <= 12 ? 1 : 0;
            dayFirst += first > 12 && second <= 12 ? 1 : 0;
        }

        return monthFirst != dayFirst ? monthFirst > dayFirst : monthFirst == 0
            && (Canadian().IsMatch(text) || (American().IsMatch(text) && !NotAmerican().IsMatch(text)));
    }

    // 令和 began in 2019, 平成 in 1989; the first year of each is its year 1 or 元.
    private static string EraYear(Match match)
    {
        var year = match.Groups["year"].Value == "元" ? 1 : Number(match.Groups["year"].Value);
        return ((match.Groups["era"].Value == "令和" ? 2018 : 1988) + year).ToString(CultureInfo.InvariantCulture);
    }

    private static (string Year, string Month, string Day) YearMonthDay(Match match)
    {
        var first = match.Groups[1].Success ? 1 : 4;
        return (match.Groups[first].Value, match.Groups[first + 1].Value, match.Groups[first + 2].Value);
    }

    private static (string Year, string Month, string Day) Order(Match match, bool monthFirst)
    {
        var (first, second, year) = (match.Groups[1].Value, match.Groups[3].Value, match.Groups[4].Value);
        var swap = (monthFirst && Number(first) <= 12 && match.Groups[2].Value.Trim() != ".") || Number(second) > 12;
        return swap ? (year, first, second) : (year, second, first);
    }

    private static void Add(List<PrintedDate> found, MatchCollection matches, Func<Match, (string Year, string Month, string Day)> parts)
    {
        foreach (Match match in matches)
        {
            var (year, month, day) = parts(match);
            if (IsoDate.FromParts(Year(year), Month(month), Number(day)) is { } iso
                && !found.Any(other => other.Start < match.Index + match.Length && match.Index < other.End))
            {
                found.Add(new(iso, match.Index, match.Index + match.Length, match.Value));
            }
        }
    }

    private static int Year(string text)
    {
        var year = Number(text);
        return text.Length > 2 ? year : year >= 70 ? 1900 + year : 2000 + year;
    }

    private static int Month(string text) => char.IsAsciiDigit(text[0]) ? Number(text) : MonthNames.NumberOf(text);

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : 0;

    [GeneratedRegex(
        @"(?<![\d.])((?:19|20)\d\d)(?<mark>[-/.]|\.\s|\s[-/.]\s)(\d{1,2})\k<mark>(\d{1,2})(?!\d)|(?<!\d)((?:19"
        + @"|20)\d\d)年\s?(\d{1,2})月\s?(\d{1,2})")]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"(?<era>令和|平成)\s?(?<year>\d{1,2}|元)年\s?(?<month>\d{1,2})月\s?(?<day>\d{1,2})日?")]
    private static partial Regex Era();

    [GeneratedRegex(
        @"(?<!\d)(\d{1,2})(?:s\s?t|n\s?d|r\s?d|t\s?h|er|[ºª°]|\.)?(?:\s+(?:day\s+)?(?:of|de|di)\s+(?:\p{L}{3,6}day,?\s+)?"
        + @"|[\s.\-/]*)(\p{L}{3,12})\.?,?(?:\s+(?:of|de|del)\s+|[\s.,\-/']+)(\d{4}|\d{2})(?!\d)",
        RegexOptions.IgnoreCase)]
    private static partial Regex DayMonthName();

    [GeneratedRegex(@"(?<!\p{L})(\p{L}{3,12})\.?[\s\-]*(\d{1,2})(?:st|nd|rd|th)?\s?[,\s\-]\s?(\d{4})(?!\d)", RegexOptions.IgnoreCase)]
    private static partial Regex MonthNameDay();

    [GeneratedRegex(@"(?<![\d,/-])(?<!\d\.)(\d{1,2})([/.\-]|\s[/.\-]\s)\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?![\d/]|[.,-]\d)")]
    private static partial Regex Figures();

    [GeneratedRegex(@"\b[A-Z]{2},? \d{5}(-\d{4})?\b|\bUSD\b|(?<![A-Z])\$\s?\d|United States|\bUSA\b|\bDRIVER'?S? LICENSE\b")]
    private static partial Regex American();

    // The tax is called as in other countries, the dates are mostly written as by the neighbour.
    [GeneratedRegex(@",\s*(?:AB|BC|MB|NB|NL|NS|ON|PE|QC|SK)\b")]
    private static partial Regex Canadian();

    [GeneratedRegex(@"€|£|\bRM\b|\bEUR\b|\bGBP\b|\bAUD\b|\bNZD\b|\bSGD\b|\bVAT\b|\bGST\b|\bABN\b")]
    private static partial Regex NotAmerican();
}
