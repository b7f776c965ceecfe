using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Trade;

/// <summary>Seller, buyer and the account to pay to, from NAD and FII.</summary>
internal static class EdifactParties
{
    // A component has 35 characters, and names are cut between words.
    private const int CutAt = 25;

    public static void Add(FieldList fields, ImmutableArray<Segment> header, string type)
    {
        var (supplier, customer) = PartyRoles.Of(type);
        foreach (var segment in header)
        {
            switch (segment.Tag, segment.Value(0))
            {
                case ("NAD", "SE" or "SU" or "PE") when !fields.Has(supplier):
                    AddParty(fields, supplier, FieldName.SellerId, segment);
                    break;
                case ("NAD", "BY" or "PR") when !fields.Has(customer):
                    AddParty(fields, customer, FieldName.BuyerId, segment);
                    break;
                case ("NAD", "IV") when !fields.Has(customer) && !header.Any(other => other.Tag == "NAD" && other.Value(0) == "BY"):
                    AddParty(fields, customer, FieldName.BuyerId, segment);
                    break;
                case ("FII", "RB" or "RH") when !fields.HasValue(FieldName.PayeeAccount, segment.Value(1)):
                    fields.Add(FieldName.PayeeAccount, segment.Value(1), segment.Place, 0.98);
                    break;
            }
        }
    }

    private static void AddParty(FieldList fields, string name, string idName, Segment segment)
    {
        fields.Add(name, Joined(segment, 3) is { Length: > 0 } party ? party : Joined(segment, 2), segment.Place, 0.98);
        fields.Add(idName, segment.Value(1), segment.Place, 0.98);
    }

    // A name of more than a component's length is cut into up to five; behind a short one stands something else, a department or an alias.
    private static string Joined(Segment segment, int element)
    {
        var parts = Enumerable.Range(0, 5).Select(component => segment.Value(element, component)).ToList();
        var whole = parts.FindIndex(part => part.Length < CutAt);
        return string.Join(' ', parts.Take(whole < 0 ? parts.Count : whole + 1).Where(part => part.Length > 0));
    }
}
