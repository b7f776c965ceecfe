using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using DocumentAgents.Facts;

namespace DocumentAgents.Trade;

/// <summary>One line of a UBL document.</summary>
internal static class UblLine
{
    public static LineItem Read(FieldList fields, XElement line, UblKind kind, string linesPlace, int position)
    {
        // Orders and their answers keep the line in a LineItem of its own.
        var body = line.Child("LineItem") ?? line;
        var quantity = kind.Quantity.Length == 0 ? null : body.Child(kind.Quantity) ?? body.Child("Quantity");
        var amount = body.Child("LineExtensionAmount") ?? body.Child("DebitLineAmount");
        var item = body.Child("Item");
        return new(
            body.Child("ID").Text() ?? line.Child("ID").Text() ?? position.ToString(CultureInfo.InvariantCulture),
            fields.ReadAmount(quantity),
            Price(fields, body),
            fields.ReadAmount(amount),
            new("xpath", $"{linesPlace}[{position.ToString(CultureInfo.InvariantCulture)}]"))
        {
            Items = Texts(item.Child("Name"), item.Child("Description")),
            Articles = Articles(item),
            Unit = quantity?.Attribute("unitCode")?.Value,
            OrderLine = body.Child("OrderLineReference", "LineID").Text(),
        };
    }

    private static decimal? Price(FieldList fields, XElement body)
    {
        var price = fields.ReadAmount(body.Child("Price", "PriceAmount"));
        var number = fields.ReadAmount(body.Child("Price", "BaseQuantity"));
        return number is null or 0 ? price : price / number;
    }

    private static ImmutableArray<string> Articles(XElement? item) =>
    [
        .. Article("seller", item.Child("SellersItemIdentification", "ID")),
        .. Article("buyer", item.Child("BuyersItemIdentification", "ID")),
        .. Article("standard", item.Child("StandardItemIdentification", "ID")),
    ];

    private static IEnumerable<string> Article(string kind, XElement? id) => id.Text() is { } text ? [$"{kind}:{text}"] : [];

    private static ImmutableArray<string> Texts(params XElement?[] elements) =>
        [.. elements.Select(element => element.Text()).OfType<string>().Distinct()];
}
