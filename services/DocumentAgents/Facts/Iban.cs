using System.Text.RegularExpressions;

namespace DocumentAgents.Facts;

/// <summary>International bank account numbers and their check digits (ISO 13616).</summary>
internal static partial class Iban
{
    private const string Euro = "AD AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MC MT NL PT SI SK SM VA";

    /// <summary>The currency of the country a number begins with; null when it is none we know.</summary>
    public static string? Currency(string iban) => iban[..2] switch
    {
        "GB" => "GBP",
        "CH" or "LI" => "CHF",
        "SE" => "SEK",
        "NO" => "NOK",
        "DK" => "DKK",
        "PL" => "PLN",
        "CZ" => "CZK",
        "HU" => "HUF",
        "RO" => "RON",
        var country => Euro.Contains(country, StringComparison.Ordinal) ? "EUR" : null,
    };

    public static bool LooksLike(string text) => Shape().IsMatch(Compact(text));

    public static bool IsValid(string text)
    {
        var compact = Compact(text);
        if (!Shape().IsMatch(compact))
        {
            return false;
        }

        var remainder = 0;
        foreach (var character in compact[4..] + compact[..4])
        {
            var value = char.IsAsciiDigit(character) ? character - '0' : char.ToUpperInvariant(character) - 'A' + 10;
            remainder = value > 9 ? ((remainder * 100) + value) % 97 : ((remainder * 10) + value) % 97;
        }

        return remainder == 1;
    }

    public static string Compact(string text) =>
        text.Replace(" ", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal);

    [GeneratedRegex("^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$", RegexOptions.IgnoreCase)]
    private static partial Regex Shape();
}
