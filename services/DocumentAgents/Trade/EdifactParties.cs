using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Trade;

/// <summary>Seller, buyer and the account to pay to, from NAD and FII.</summary>
internal static class EdifactParties
{
    private const int ComponentLength = 35;

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

    // A name longer than a component is cut between words; behind a shorter one stands its form, or something else: a department, an alias.
    private static string Joined(Segment segment, int element)
    {
        var name = segment.Value(element);
        for (var component = 1; component < 5 && segment.Value(element, component) is { Length: > 0 } part
            && GoesOn(name, part); component++)
        {
            name = $"{name} {part}";
        }

        return name;
    }

    private static bool GoesOn(string name, string part) =>
        LegalForm.IsCompany(part) || name.Length + 1 + part.Split(' ')[0].Length > ComponentLength;
}
