using System.Globalization;

namespace DocumentAgents.Facts;

/// <summary>Dates of formats for machines, always given back as <c>yyyy-MM-dd</c>.</summary>
internal static class IsoDate
{
    private static readonly string[] Compact = ["yyyyMMdd", "yyyyMMddHHmm", "yyyyMMddHHmmss"];

    /// <summary>An XML date or time, with or without zone; null when it is none.</summary>
    public static string? FromXml(string text)
    {
        var value = text.Trim();
        var day = value.Length >= 10 ? value[..10] : value;
        var rest = value.Length > 10 ? value[10] : 'T';
        return rest is 'T' or 'Z' or '+' or '-' or ' ' ? Exact(day, "yyyy-MM-dd") : null;
    }

    /// <summary><c>yyyyMMdd</c>, possibly followed by a time; null when it is none.</summary>
    public static string? FromDigits(string text)
    {
        var value = text.Trim();
        var digits = value.Length > 14 ? value[..14] : value;
        foreach (var format in Compact)
        {
            if (format.Length == digits.Length && Parse(digits, format) is { } date)
            {
                return Text(date);
            }
        }

        return digits.Length > 8 ? Exact(digits[..8], "yyyyMMdd") : null;
    }

    /// <summary><c>yyMMdd</c>; years from 70 on are of the last century.</summary>
    public static string? FromSixDigits(string text)
    {
        if (text.Length != 6 || !int.TryParse(text.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var year))
        {
            return null;
        }

        return Exact((year >= 70 ? "19" : "20") + text, "yyyyMMdd");
    }

    public static string? FromParts(int year, int month, int day) =>
        year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            ? null
            : Text(new DateOnly(year, month, day));

    public static string? Exact(string text, string format) => Parse(text, format) is { } date ? Text(date) : null;

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Parse(string text, string format) =>
        format.Length > 10
            ? DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
                ? DateOnly.FromDateTime(moment)
                : null
            : DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
