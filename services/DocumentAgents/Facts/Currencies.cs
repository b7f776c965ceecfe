using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace DocumentAgents.Facts;

/// <summary>A currency and where in the text stands what tells it.</summary>
internal readonly record struct CurrencyMark(string Code, int Start);

/// <summary>Currencies by code, sign and word.</summary>
internal static partial class Currencies
{
    /// <summary>What stands before an amount, as a pattern: signs, short words, codes.</summary>
    public const string Before =
        @"US\$|HK\$|NZ\$|NT\$|[ACSR]\$|\$|€|£|¥|₹|₽|₩|₺|₴|₪|฿|₱|RM|Rp\.?|Rs\.?|kr\.?|R(?=\s?\d[\d,. ]*[.,]\d\d)|[A-Z]{3}";

    /// <summary>Signs and short words that stand behind an amount, as a pattern.</summary>
    public const string Behind = @"€|£|\$|zł|Kč|Ft|lei|kr\.?|RM|Rp|₫|đ|¥|円|元|₩|원|₽|руб\.?|₺|TL";

    private static readonly FrozenSet<string> Codes = (
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD " +
        "EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD " +
        "LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK " +
        "SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL " +
        "HRK LTL LVL EEK SKK SIT DEM FRF NLG BEF ITL ESP PTE ATS FIM IEP GRD").Split(' ').ToFrozenSet();

    private static readonly FrozenDictionary<string, string> Signs = new Dictionary<string, string>
    {
        ["\u20AC"] = "EUR", ["eur"] = "EUR", ["euro"] = "EUR", ["euros"] =
            "EUR", ["\u00A3"] = "GBP", ["\u00A5"] = "JPY", ["\u20B9"] = "INR", ["rs"] = "INR", ["rs."] = "INR", ["\u20BD"] = "RUB",
        ["\u20A9"] = "KRW", ["\u20BA"] = "TRY", ["\u20B4"] = "UAH", ["\u20AA"] =
            "ILS", ["\u0E3F"] = "THB", ["\u20B1"] = "PHP", ["rm"] = "MYR", ["us$"] = "USD", ["usd"] = "USD", ["a$"] = "AUD",
        ["c$"] = "CAD", ["$ ca"] =
            "CAD", ["ca$"] = "CAD", ["$ us"] = "USD", ["$ au"] = "AUD", ["au$"] = "AUD", ["s$"] = "SGD", ["hk$"] = "HKD", ["nz$"] =
            "NZD", ["nt$"] = "TWD", ["r$"] = "BRL", ["$"] = "USD", ["z\u0142"] = "PLN", ["zl"] = "PLN", ["k\u010D"] = "CZK", ["ft"] = "HUF",
        ["lei"] = "RON", ["r"] = "ZAR", ["sfr"] = "CHF", ["fr."] = "CHF", ["rp"] = "IDR", ["rp."] = "IDR",
        ["\u20AB"] = "VND", ["\u0111"] = "VND", ["円"] = "JPY", ["元"] = "CNY", ["원"] = "KRW",
        ["руб"] = "RUB", ["руб."] =
            "RUB", ["tl"] = "TRY", ["us dollars"] = "USD", ["us dollar"] = "USD", ["pounds sterling"] = "GBP", ["ringgit"] = "MYR",
    }.ToFrozenDictionary();

    // Codes that are also words or parts of names: print beside a number does not make them a currency.
    private static readonly FrozenSet<string> AlsoWords =
        "ALL ANG BAM BHD CUP GEL LAK MOP PEN SOS TOP TRY MAD AMD".Split(' ').ToFrozenSet();

    public static bool IsCode(string text) => Codes.Contains(text);

    /// <summary>The code for a sign, word or code; null when it is none.</summary>
    public static string? Of(string mark)
    {
        var folded = mark.Trim().ToLowerInvariant();
        return Signs.GetValueOrDefault(folded) ?? (Codes.Contains(mark.Trim().ToUpperInvariant()) ? mark.Trim().ToUpperInvariant() : null);
    }

    /// <summary>
    /// The currency a text is written in: the code or sign beside its amounts that occurs most often, where it first does; null when there
    /// is none. "kr" alone says only Scandinavia and is no answer.
    /// </summary>
    public static CurrencyMark? Dominant(string text)
    {
        if (MostFrequent(Marks().Matches(text).Select(match => match.Groups["before"] is { Success: true } before
            ? before
            : match.Groups["after"])) is not { } best)
        {
            return Crowns(text) ?? MostFrequent(WordMarks().Matches(text));
        }

        // A bare dollar sign means the dollar that is named elsewhere in the document.
        return best.Code == "USD" && !UnitedStates().IsMatch(text) && OtherDollar().Match(text) is { Success: true } other
            ? new(other.Value, other.Index)
            : best;
    }

    private static CurrencyMark? MostFrequent(IEnumerable<Capture> marks) =>
        marks.Select(mark => (Word: mark.Value.Trim('(', ')'), mark.Index))
            .Where(mark => !AlsoWords.Contains(mark.Word))
            .Select(mark => Of(mark.Word) is { } code ? new CurrencyMark(code, mark.Index) : (CurrencyMark?)null)
            .OfType<CurrencyMark>()
            .GroupBy(mark => mark.Code)
            .MaxBy(group => group.Count())?.First();

    [GeneratedRegex($@"(?<![\p{{L}}\d])(?<before>{Before})[ \t\u00A0]?[-(]?\d|\d(?:-?[ \t\u00A0]?(?<after>{Behind})|(?:[.,]\d\d-?|\d\d)[ \t\u00A0]?(?<after>[A-Z]{{3}}))(?![\p{{L}}])")]
    private static partial Regex Marks();

    /// <summary>What a document without any currency is written in, by how its country writes addresses and account numbers.</summary>
    public static CurrencyMark? OfCountry(string text) =>
        StateAndZip().Match(text) is { Success: true } address ? new("USD", address.Index)
        : SortCode().Match(text) is { Success: true } account ? new("GBP", account.Index)
        : null;

    [GeneratedRegex(@"\bsort\s?code\b", RegexOptions.IgnoreCase)]
    private static partial Regex SortCode();

    [GeneratedRegex(@",\s*[A-Z]{2}\s+\d{5}(?:-\d{4})?\b")]
    private static partial Regex StateAndZip();

    // "(CHF)" in a heading, "TOTAL AUD" before a number or the end of the line.
    [GeneratedRegex(
        @"\((?:[A-Z]{3}|RM|[A-Z]{0,2}\$(?:\s[A-Z]{2})?|€|£|¥|zł|Kč)\)|(?<![\p{L}\d])(?:RM(?=\s*\d|\)|\s|$)|US Dollars?|Euros?|EURO?|€"
        + @"|£|[A-Z]{3}(?=[ \t:]{0,60}(?:[-(]?\d|\r?$)))(?![\p{L}])",
        RegexOptions.Multiline)]
    private static partial Regex WordMarks();

    // "kr" is the crown of three countries: the words of their tax and bank offices tell which.
    private static CurrencyMark? Crowns(string text)
    {
        if (WordMarks().Matches(text).Any(match => Of(match.Value.Trim('(', ')')) is not null)
            || Kroner().Match(text) is not { Success: true } crown)
        {
            return null;
        }

        var code = Danish().IsMatch(text) ? "DKK" : Norwegian().IsMatch(text) ? "NOK" : Swedish().IsMatch(text) ? "SEK" : null;
        return code is null ? null : new(code, crown.Index);
    }

    [GeneratedRegex(@"\d\s?kr\b|\bkr\.?\s?\d|\bkronor\b|\bkroner\b", RegexOptions.IgnoreCase)]
    private static partial Regex Kroner();

    [GeneratedRegex(@"\bCVR\b|\bApS\b|K.benhavn|at betale|rykker|Danmark", RegexOptions.IgnoreCase)]
    private static partial Regex Danish();

    [GeneratedRegex(@"\bMVA\b|. betale|Norge|\bOslo\b|\bBergen\b|Vipps", RegexOptions.IgnoreCase)]
    private static partial Regex Norwegian();

    [GeneratedRegex(@"bankgiro|plusgiro|F-skatt|att betala|Sverige|\bAB\b|moms|kvitto|summa", RegexOptions.IgnoreCase)]
    private static partial Regex Swedish();

    [GeneratedRegex(@"\bUSD\b|US\$|\bUS Dollar", RegexOptions.IgnoreCase)]
    private static partial Regex UnitedStates();

    [GeneratedRegex(@"\b(AUD|CAD|NZD|SGD|HKD|MXN|COP|CLP|ARS|UYU|TWD)\b")]
    private static partial Regex OtherDollar();
}
