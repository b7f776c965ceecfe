using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.Contract;

/// <summary>Parties that stand on lines of their own: behind or under what they are called in the contract, or over their signatures.</summary>
internal static partial class LabelledParties
{
    private const int Head = 80;

    /// <summary>"LANDLORD: name", or "CLIENT:" and the name on the next line.</summary>
    public static List<ContractParty> OfLines(Prose prose)
    {
        var parties = new List<ContractParty>();
        for (var index = 0; index < Math.Min(Head, prose.Lines.Count); index++)
        {
            if (Role().Match(prose.Lines[index].Text) is { Success: true } label)
            {
                var own = label.Groups["name"].Value.Trim();
                Add(parties, own.Length > 0 ? own : index + 1 < prose.Lines.Count ? prose.Lines[index + 1].Text.Trim() : "", prose.Lines[index].Place);
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
        @"^\W{0,6}(?:the\s)?(?:(?:service|first|second|other|disclosing|receiving)\s)?(?:provider|party(?:\s[12ab])?|employer|employee|company|client|customer|contractor|consultant|landlord|tenant|lessor|lessee|licensor"
        + @"|licensee|seller|buyer|purchaser|vendor|lender|borrower|supplier|worker|owner|agent|principal|guarantor|distributor|publisher|author|artist|venue)(?:\s?\([^)]{1,30}\))?\s*:\s*(?<name>.*)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Role();

    [GeneratedRegex(@"^\W*By\s*:")]
    private static partial Regex By();

    [GeneratedRegex(@"^Dated?:?\s+(?:\p{L}+\s\d{1,2},\s\d{4}|[\d./-]+)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Dated();
}
