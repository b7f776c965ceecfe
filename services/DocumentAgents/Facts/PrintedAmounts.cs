using System.Text.RegularExpressions;

namespace DocumentAgents.Facts;

/// <summary>An amount somewhere in a line.</summary>
internal readonly record struct PrintedAmount(decimal Value, int Start, int End, string? Currency, int Decimals);

/// <summary>Finds amounts in printed lines; dates, percentages, numbers of things and long codes are left alone.</summary>
internal static partial class PrintedAmounts
{
    public static IReadOnlyList<PrintedAmount> Find(string line, char? decimalMark = null)
    {
        var found = new List<PrintedAmount>();
        foreach (Match match in Token().Matches(line))
        {
            var number = match.Groups["number"].Value;
            if (Amount.Printed(match.Groups["open"].Value + number + match.Groups["close"].Value, decimalMark) is not { } value)
            {
                continue;
            }

            var negative = match.Groups["minus"].Success;
            var mark = match.Groups["before"].Success ? match.Groups["before"].Value : match.Groups["after"].Value;
            found.Add(new(negative ? -Math.Abs(value) : value, match.Index, match.Index + match.Length, mark.Length > 0
                ? Currencies.Of(mark)
                : null, Decimals(number)));
        }

        return found;
    }

    private static int Decimals(string number)
    {
        var mark = number.LastIndexOfAny(['.', ',']);
        return mark < 0 ? 0 : number.Length - mark - 1;
    }

    [GeneratedRegex(
        $@"(?<![\p{{L}}\d.,/:#-])(?<minus>[-−]\s?)?(?<before>{Currencies.Before})?\s?(?<minus>[-−]\s?)?(?<open>\()?"
        + @"(?<number>(\d{1,2}(,\d{2})+,\d{3}|\d{1,3}([.,'’ \u00A0\u202F]\d{3})+|\d+)([.,]\d{1,4})?|\.\d{2})"
        + $@"(?<close>\)|-(?=\s|$))?(\s?(?<after>{Currencies.Behind}|[A-Z]{{3}}))?(?!\s?%|[\p{{L}}/:]|[.,-]?\d)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
