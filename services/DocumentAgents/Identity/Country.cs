using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Identity;

/// <summary>The country somebody lives in, by its name or code, an address or a telephone number.</summary>
internal static partial class Country
{
    private const int Head = 15;

    private static readonly (string Code, string Prefix)[] Telephone =
    [
        ("PT", "+351"), ("IE", "+353"), ("FI", "+358"), ("GB", "+44"), ("DE", "+49"), ("FR", "+33"), ("NL", "+31"), ("DK", "+45"), ("SE", "+46"), ("NO", "+47"), ("PL", "+48"), ("ES", "+34"), ("IT", "+39"),
        ("MY", "+60"), ("AU", "+61"), ("SG", "+65"), ("IN", "+91"), ("CH", "+41"), ("AT", "+43"), ("BE", "+32"), ("BR", "+55"), ("JP", "+81"), ("US", "+1"),
    ];

    public static void Add(FieldList fields, Page page)
    {
        foreach (var row in page.Rows)
        {
            if (Names().Match(row.Text) is { Success: true } match)
            {
                var code = match.Groups.Cast<Group>().First(group => group.Success && group.Name.Length == 2).Name;
                fields.Add("country_code", code, row.Place, row.Index < Head ? 0.8 : 0.5);
                return;
            }
        }

        var phone = fields.Value("phone")?.Replace(" ", "", StringComparison.Ordinal) ?? "";
        var called = Telephone.FirstOrDefault(country => phone.StartsWith(country.Prefix, StringComparison.Ordinal));
        if (called.Code is not null)
        {
            fields.Add("country_code", called.Code, page.Rows[0].Place, 0.6);
        }
    }

    [GeneratedRegex(
        @"\b(?:(?<US>USA?(?![\w@])|U\.S\.A?\.?|United States)|(?<GB>UK|United Kingdom|England|Scotland|Wales)|(?<DE>Germany|Deutschland)|(?<FR>France)|(?<NL>Netherlands|Nederland)|(?<DK>Denmark|Danmark)|(?<SE>Sweden|Sverige)|(?<NO>Norway|Norge)|(?<FI>Finland|Suomi)|(?<ES>Spain|España)|(?<IT>Italy|Italia)|(?<PT>Portugal)|(?<PL>Poland|Polska)|(?<MY>Malaysia)|(?<CA>Canada)|(?<AU>Australia)|(?<IN>India)|(?<CH>Switzerland|Schweiz|Suisse)|(?<AT>Austria|Österreich)|(?<BE>Belgium|België|Belgique)|(?<IE>Ireland)|(?<SG>Singapore)|(?<BR>Brazil|Brasil)|(?<JP>Japan))\b|,\s*(?<US>AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|IA|ID|IL|IN|KS|KY|LA|MA|MD|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|NJ|NM|NV|NY|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VA|VT|WA|WI|WV|WY)\s+\d{5}\b",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Names();
}
