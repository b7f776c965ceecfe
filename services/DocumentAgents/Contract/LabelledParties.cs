using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.Contract;

/// <summary>
/// Parties that stand on lines of their own: behind or under what they are called in the contract, or over their signatures.
/// </summary>
internal static partial class LabelledParties
{
    /// <summary>What contracts call their parties, as a pattern.</summary>
    public const string Roles =
        @"party(?:\s[12ab])?|employer|employee|company|client|customer|provider|contractor|landlord|tenant|lessor|lessee"
        + @"|licensor|licensee|auftraggeber|auftragnehmer|vermieter|mieter|arbeitgeber(?:in)?|arbeitnehmer(?:in)?|seller|buyer"
        + @"|purchaser|vendor|lender|borrower|supplier|verk[aä]ufer(?:in)?|k[aä]ufer(?:in)?|darlehensgeber|darlehensnehmer"
        + @"|bailleur|locataire|vendeur|acheteur|employeur|salari[ée]e?|prestataire|verhuurder|huurder|verkoper|koper|werkgever"
        + @"|werknemer|opdrachtgever|opdrachtnemer|s[aä]ljare|k[oö]pare|hyresv[aä]rd|hyresg[aä]st|arbetsgivare|arbetstagare"
        + @"|s[aæ]lger|k[oø]ber|udlejer|lejer|arbejdsgiver|arbejdstager|selger|kj[oø]per|utleier|leietaker|arbeidsgiver"
        + @"|arbeidstaker|venditore|acquirente|locatore|conduttore|committente|arrendador[a]?|arrendatari[oa]|vendedor[a]?"
        + @"|comprador[a]?|senhorio|inquilino|contratante|contratad[oa]|contratista"
        + @"|locador(?:a)?|locat[aá]ri[oa]|prestador(?:a)?|tomador(?:a)?|mutuante|mutu[aá]ri[oa]"
        + @"|empregador(?:a)?|empregad[oa]|empleador(?:a)?|trabajador(?:a)?|cliente|proveedor(?:a)?|fornecedor(?:a)?"
        + @"|zleceniodawca|zleceniobiorca|wykonawca|zamawiaj[aą]cy|objednatel|zhotovitel|pronaj[ií]matel|n[aá]jemce"
        + @"|sat[ıi]c[ıi]|al[ıi]c[ıi]|продавец|покупатель|заказчик|исполнитель"
        + @"|worker|owner|principal|guarantor|distributor|publisher|author|artist";

    private const int Head = 80;

    /// <summary>"LANDLORD: name", or "CLIENT:" and the name on the next line.</summary>
    public static List<ContractParty> OfLines(Prose prose)
    {
        var parties = new List<ContractParty>();
        for (var index = 0; index < Math.Min(Head, prose.Lines.Count); index++)
        {
            foreach (var name in Listed().Match(prose.Lines[index].Text).Groups["name"].Captures.Select(capture => capture.Value))
            {
                Add(parties, name.Trim(), prose.Lines[index].Place);
            }

            if (Role().Match(prose.Lines[index].Text) is { Success: true } label)
            {
                var own = label.Groups["name"].Value.Trim();
                Add(parties, own.Length > 0 ? own : index + 1 < prose.Lines.Count
                    ? prose.Lines[index + 1].Text.Trim()
                    : "", prose.Lines[index].Place);
            }
        }

        return parties;
    }

    /// <summary>Companies right above a line that says by whom they sign.</summary>
    public static List<ContractParty> OfSignatures(Prose prose)
    {
        var parties = new List<ContractParty>();
        for (var index = 1; index < prose.Lines.Count; index++)
        {
            var above = Dated().Replace(prose.Lines[index - 1].Text.Trim(), "");
            if (By().IsMatch(prose.Lines[index].Text) && LegalForm.IsCompany(above))
            {
                Add(parties, above, prose.Lines[index - 1].Place);
            }
        }

        return parties;
    }

    private static void Add(List<ContractParty> parties, string text, Place place)
    {
        if (text.Length is > 2 and <= 200 && char.IsUpper(text[0]) && !text.EndsWith(':') && PartiesRule.NameIn(text) is { } name
            && parties.All(party => Words.Key(party.Name) != Words.Key(name)))
        {
            parties.Add(new(name, place));
        }
    }

    [GeneratedRegex(
        $@"^\W{{0,6}}(?:the\s)?(?:(?:service|first|second|other|disclosing|receiving)\s)?(?:{Roles})(?:\s?\([^)]{{1,30}}\))?\s*:\s*(?<name>.*)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Role();

    // "Parties: ACME Corporation and XYZ Ltd."
    [GeneratedRegex(
        @"^\W*parties\s*:\s*(?<name>[^;]{3,80}?)(?:(?:\s+(?:and|&)\s+|;\s*)(?<name>[^;]{3,80}?)){1,4}\s*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Listed();

    [GeneratedRegex(@"^\W*By\s*:")]
    private static partial Regex By();

    [GeneratedRegex(@"^Dated?:?\s+(?:\p{L}+\s\d{1,2},\s\d{4}|[\d./-]+)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Dated();
}
