using System.Text.RegularExpressions;
using DocumentAgents.Facts;

namespace DocumentAgents.Trade.Print;

/// <summary>Reads the number of a document at the beginning of a text.</summary>
internal static partial class Identifier
{
    public static string? Read(string text)
    {
        var match = Shape().Match(text.TrimStart('#', ':', ' ', '.', '-'));
        if (!match.Success)
        {
            return null;
        }

        var value = match.Value.TrimEnd('.', ',', ';', ':', ')', '-');
        return value.Any(char.IsAsciiDigit) && value.Length <= 40 && !IsDate(value) && !IsAmount(value) && !Money().IsMatch(text)
            ? value
            : null;
    }

    private static bool IsDate(string value) => PrintedDates.Find(value) is [{ Start: 0 } date, ..] && date.End >= value.Length - 1;

    private static bool IsAmount(string value) => Amount.Printed(value) is not null && value.LastIndexOfAny(['.', ',']) is > 0 and var mark
        && value.Length - mark - 1 == 2;

    // One word with a digit, or a short prefix and such a word, or numbers joined by a slash.
    [GeneratedRegex(
        @"^(?!(?:VAT|TVA|ABN|NIF|CIF|NIP|MWST|UID|IBAN|BIC|TEL|FAX|HRB|EIN|GST|SIRET|KVK|CVR|ORG|BOX"
        + @"|ART)\b)(?:[A-Z]{1,4}\s(?=[\w/-]*\d))?[\p{L}\d][\w./\-–]*\d[\w./\-–]*(?:\s?/\s?[\w\-]*\d[\w\-]*)*(?!\s?%|,\d)|^\d(?=\s|$"
        + @"|[;)]|,\s)")]
    private static partial Regex Shape();

    [GeneratedRegex(@"^(?:€|\$|£|EUR|USD|GBP|SEK|NOK|DKK|CHF|PLN)\s?\d")]
    private static partial Regex Money();
}
