using System.Xml.Linq;
using DocumentAgents.Facts;

namespace DocumentAgents.Trade;

/// <summary>Who sells and who buys, by all the names and numbers a UBL document gives them.</summary>
internal static class UblParties
{
    // Who is paid and who delivers may be two companies of one group; the names of both are names of the seller.
    private static readonly string[] Suppliers =
        ["AccountingSupplierParty", "SellerSupplierParty", "DespatchSupplierParty", "SupplierParty"];

    private static readonly string[] Customers =
        ["AccountingCustomerParty", "BuyerCustomerParty", "DeliveryCustomerParty", "CustomerParty"];

    public static void Add(FieldList fields, XElement root, UblKind kind)
    {
        var (supplier, customer) = kind.Parties;
        AddParty(fields, supplier, FieldName.SellerId, Roles(root, Suppliers, "PayeeParty"));
        AddParty(fields, customer, FieldName.BuyerId, Roles(root, Customers, "OriginatorCustomerParty"));
    }

    private static List<XElement> Roles(XElement root, string[] names, string otherwise)
    {
        var roles = names.Select(name => root.Child(name)).OfType<XElement>().ToList();
        return roles.Count > 0 ? roles : [.. root.Children(otherwise).Take(1)];
    }

    private static void AddParty(FieldList fields, string name, string idName, List<XElement> roles)
    {
        var parties = roles.Select(role => role.Child("Party") ?? role).ToList();
        var names = parties.SelectMany(Names).ToList();
        if (names.Count > 0)
        {
            fields.AddText(name, names[0], names.Skip(1).Select(element => element.Value));
        }

        foreach (var id in parties.SelectMany(Ids).DistinctBy(element => element.Value.Trim()))
        {
            fields.AddText(idName, id);
        }
    }

    private static IEnumerable<XElement> Names(XElement party)
    {
        IEnumerable<XElement?> names =
        [
            .. party.Children("PartyName").Select(element => element.Child("Name")),
            .. party.Children("PartyLegalEntity").Select(element => element.Child("RegistrationName")),
            party.Child("Person", "FamilyName") is null ? null : party.Child("Person"),
        ];
        return names.Where(element => element.Text() is not null).Cast<XElement>();
    }

    private static IEnumerable<XElement> Ids(XElement party)
    {
        IEnumerable<XElement?> ids =
        [
            party.Child("EndpointID"),
            .. party.Children("PartyIdentification").Select(element => element.Child("ID")),
            .. party.Children("PartyTaxScheme").Select(element => element.Child("CompanyID")),
            .. party.Children("PartyLegalEntity").Select(element => element.Child("CompanyID")),
        ];
        return ids.Where(element => element.Text() is not null).Cast<XElement>();
    }
}
