using System.Globalization;
using System.Text.RegularExpressions;

namespace DocumentAgents.Facts;

/// <summary>Numbers as documents write them.</summary>
internal static partial class Amount
{
    /// <summary>A number with a decimal point, as XML, JSON and EDIFACT have it; null when it is none.</summary>
    public static decimal? Invariant(string? text) =>
        decimal.TryParse(text?.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number)
            ? number
            : null;

    /// <summary>
    /// A number as printed: <c>1.234,56</c>, <c>1,234.56</c>, <c>1 234,56</c>, <c>1'234.56</c>, <c>1,23,456.00</c>, <c>(12.00)</c>,
    /// <c>12,00-</c>; null when it is none.
    /// </summary>
    /// <param name="decimalMark">What the document uses, when known; decides <c>1,234</c>.</param>
    public static decimal? Printed(string? text, char? decimalMark = null)
    {
        var trimmed = Spaces().Replace(text ?? "", "").Trim('*', '_');
        var negative = trimmed.StartsWith('-') || trimmed.StartsWith('\u2212') || trimmed.EndsWith('-') || trimmed is ['(', .., ')'];
        var digits = trimmed.Trim('-', '\u2212', '+', '(', ')');
        if (!Shape().IsMatch(digits))
        {
            return null;
        }

        var number = Invariant(ToInvariant(digits, decimalMark));
        return negative ? -number : number;
    }

    /// <summary>The decimal mark that most numbers with two decimals in the text use, if any do.</summary>
    public static char? DecimalMark(string text)
    {
        var commas = 0;
        var points = 0;
        foreach (var match in TwoDecimals().EnumerateMatches(text))
        {
            if (text[match.Index + match.Length - 3] == ',')
            {
                commas++;
            }
            else
            {
                points++;
            }
        }

        return commas == points ? null : commas > points ? ',' : '.';
    }

    /// <summary>Equal values give equal text; decimals written are kept.</summary>
    public static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static string ToInvariant(string digits, char? decimalMark)
    {
        var plain = digits.Replace("'", "", StringComparison.Ordinal).Replace("\u2019", "", StringComparison.Ordinal);
        var mark = plain.LastIndexOfAny(['.', ',']);
        if (mark < 0)
        {
            return plain;
        }

        return IsDecimalMark(plain, mark, decimalMark)
            ? plain[..mark].Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal) + "."
                + plain[(mark + 1)..]
            : plain.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
    }

    private static bool IsDecimalMark(string digits, int mark, char? decimalMark)
    {
        var decimals = digits.Length - mark - 1;
        var marks = digits.Count(character => character == digits[mark]);
        var mixed = digits.Contains('.') && digits.Contains(',');
        if (marks > 1)
        {
            return false;
        }

        return mixed || decimals != 3 || mark > 3 || digits[0] == '0' || decimalMark == digits[mark];
    }

    [GeneratedRegex(@"[\s\u00A0\u202F]+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(\d{1,3}([.,'\u2019]\d{3})*|\d{1,2}(,\d{2})+,\d{3}|\d+)([.,]\d+)?$|^[.,]\d{1,2}$|^\d+[.,]$")]
    private static partial Regex Shape();

    [GeneratedRegex(@"\d[.,]\d\d(?![.,]?\d)")]
    private static partial Regex TwoDecimals();
}
