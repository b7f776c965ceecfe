using System.Xml.Linq;
using DocumentAgents.Facts;

namespace DocumentAgents.Trade;

/// <summary>Who sells and who buys, by all the names and numbers a UBL document gives them.</summary>
internal static class UblParties
{
    private static readonly string[] Suppliers =
        ["AccountingSupplierParty", "SellerSupplierParty", "DespatchSupplierParty", "SupplierParty", "PayeeParty"];

    private static readonly string[] Customers =
        ["AccountingCustomerParty", "BuyerCustomerParty", "DeliveryCustomerParty", "OriginatorCustomerParty", "CustomerParty"];

    public static void Add(FieldList fields, XElement root, UblKind kind)
    {
        var (supplier, customer) = kind.Parties;
        AddParty(fields, supplier, FieldName.SellerId, First(root, Suppliers));
        AddParty(fields, customer, FieldName.BuyerId, First(root, Customers));
    }

    private static XElement? First(XElement root, string[] names) =>
        names.Select(name => root.Child(name)).FirstOrDefault(element => element is not null);

    private static void AddParty(FieldList fields, string name, string idName, XElement? role)
    {
        if (role is null)
        {
            return;
        }

        var party = role.Child("Party") ?? role;
        var names = Names(party).ToList();
        if (names.Count > 0)
        {
            fields.AddText(name, names[0], names.Skip(1).Select(element => element.Value));
        }

        foreach (var id in Ids(party).DistinctBy(element => element.Value.Trim()))
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
