using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using DocumentAgents.Facts;

namespace DocumentAgents.Trade;

/// <summary>One line of a Cross Industry Invoice or Order.</summary>
internal static class CiiLine
{
    private static readonly string[] Quantities = ["BilledQuantity", "RequestedQuantity", "AgreedQuantity", "DespatchedQuantity"];

    public static LineItem Read(FieldList fields, XElement line, string linesPlace, int position)
    {
        var product = line.Child("SpecifiedTradeProduct");
        var quantity = Quantities.SelectMany(line.Named).FirstOrDefault();
        return new(
            line.Named("LineID").FirstOrDefault().Text() ?? position.ToString(CultureInfo.InvariantCulture),
            fields.ReadAmount(quantity),
            Price(fields, line),
            fields.ReadAmount(line.Named("LineTotalAmount").FirstOrDefault()),
            new("xpath", $"{linesPlace}[{position.ToString(CultureInfo.InvariantCulture)}]"))
        {
            Items = [.. Texts(product.Child("Name"), product.Child("Description"))],
            Articles = Articles(product),
            Unit = quantity?.Attribute("unitCode")?.Value,
            OrderLine = line.Named("BuyerOrderReferencedDocument").FirstOrDefault().Child("LineID").Text(),
        };
    }

    private static decimal? Price(FieldList fields, XElement line)
    {
        var holder = line.Named("NetPriceProductTradePrice").FirstOrDefault();
        var price = fields.ReadAmount(holder.Child("ChargeAmount"));
        var number = fields.ReadAmount(holder.Child("BasisQuantity"));
        return number is null or 0 ? price : price / number;
    }

    private static ImmutableArray<string> Articles(XElement? product) =>
    [
        .. Article("seller", product.Child("SellerAssignedID")),
        .. Article("buyer", product.Child("BuyerAssignedID")),
        .. Article("standard", product.Child("GlobalID")),
    ];

    private static IEnumerable<string> Article(string kind, XElement? id) => id.Text() is { } text ? [$"{kind}:{text}"] : [];

    private static IEnumerable<string> Texts(params XElement?[] elements) =>
        elements.Select(element => element.Text()).OfType<string>().Distinct();
}
