using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Identity;

/// <summary>The country somebody lives in, by its name or code, an address or a telephone number.</summary>
internal static partial class Country
{
    private static readonly (string Code, string Prefix, Regex Name)[] Known =
    [
        ("US", "+1", UnitedStates()), ("GB", "+44", UnitedKingdom()), ("DE", "+49", Germany()), ("FR", "+33", France()), ("NL", "+31", Netherlands()), ("DK", "+45", Denmark()),
        ("SE", "+46", Sweden()), ("NO", "+47", Norway()), ("ES", "+34", Spain()), ("IT", "+39", Italy()), ("PT", "+351", Portugal()), ("MY", "+60", Malaysia()), ("CA", "+1", Canada()),
        ("AU", "+61", Australia()), ("IN", "+91", India()), ("CH", "+41", Switzerland()), ("AT", "+43", Austria()), ("BE", "+32", Belgium()), ("IE", "+353", Ireland()), ("SG", "+65", Singapore()),
    ];

    public static void Add(FieldList fields, Page page)
    {
        var head = page.Rows.Take(15).ToList();
        foreach (var rows in (IEnumerable<PageRow>[])[head, page.Rows])
        {
            foreach (var row in rows)
            {
                if (Known.FirstOrDefault(country => country.Name.IsMatch(row.Text)) is { Code: not null } found)
                {
                    fields.Add("country_code", found.Code, row.Place, rows == head ? 0.8 : 0.5);
                    return;
                }
            }
        }

        if (fields.Value("phone")?.Replace(" ", "", StringComparison.Ordinal) is { } phone
            && Known.Where(country => phone.StartsWith(country.Prefix, StringComparison.Ordinal)).OrderByDescending(country => country.Prefix.Length).FirstOrDefault() is { Code: not null } called)
        {
            fields.Add("country_code", called.Code, head[0].Place, 0.6);
        }
    }

    [GeneratedRegex(@"\b(USA?|U\.S\.A?\.?|United States)(?![\w@])|,\s*(?:AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|IA|ID|IL|IN|KS|KY|LA|MA|MD|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|NJ|NM|NV|NY|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VA|VT|WA|WI|WV|WY)\s+\d{5}\b")]
    private static partial Regex UnitedStates();

    [GeneratedRegex(@"\b(UK|United Kingdom|England|Scotland|Wales)\b")]
    private static partial Regex UnitedKingdom();

    [GeneratedRegex(@"\b(Germany|Deutschland)\b")]
    private static partial Regex Germany();

    [GeneratedRegex(@"\bFrance\b")]
    private static partial Regex France();

    [GeneratedRegex(@"\b(Netherlands|Nederland)\b")]
    private static partial Regex Netherlands();

    [GeneratedRegex(@"\b(Denmark|Danmark)\b")]
    private static partial Regex Denmark();

    [GeneratedRegex(@"\b(Sweden|Sverige)\b")]
    private static partial Regex Sweden();

    [GeneratedRegex(@"\b(Norway|Norge)\b")]
    private static partial Regex Norway();

    [GeneratedRegex(@"\b(Spain|España)\b")]
    private static partial Regex Spain();

    [GeneratedRegex(@"\b(Italy|Italia)\b")]
    private static partial Regex Italy();

    [GeneratedRegex(@"\bPortugal\b")]
    private static partial Regex Portugal();

    [GeneratedRegex(@"\bMalaysia\b")]
    private static partial Regex Malaysia();

    [GeneratedRegex(@"\bCanada\b")]
    private static partial Regex Canada();

    [GeneratedRegex(@"\bAustralia\b")]
    private static partial Regex Australia();

    [GeneratedRegex(@"\bIndia\b")]
    private static partial Regex India();

    [GeneratedRegex(@"\b(Switzerland|Schweiz|Suisse)\b")]
    private static partial Regex Switzerland();

    [GeneratedRegex(@"\b(Austria|Österreich)\b")]
    private static partial Regex Austria();

    [GeneratedRegex(@"\b(Belgium|België|Belgique)\b")]
    private static partial Regex Belgium();

    [GeneratedRegex(@"\bIreland\b")]
    private static partial Regex Ireland();

    [GeneratedRegex(@"\bSingapore\b")]
    private static partial Regex Singapore();
}
