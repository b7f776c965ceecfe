using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;
using DocumentAgents.Trade;

namespace DocumentAgents.Receipt;

/// <summary>A receipt in JSON or XML of an unknown vocabulary: by what its members are called.</summary>
internal static class NamedReceipt
{
    private static readonly string[] Shop =
        ["merchant", "store", "shop", "seller", "vendor", "supplier", "company", "business", "restaurant", "retailer"];
    private static readonly string[] Name =
        ["name", "legalname", "companyname", "merchantname", "storename", "shopname", "vendorname", "company", "merchant", "store", "shop",
        "seller"];
    private static readonly string[] Date =
        ["date", "purchasedate", "transactiondate", "receiptdate", "datetime", "timestamp", "issuedat", "created", "createdat", "time"];
    private static readonly string[] Total =
        ["grandtotal", "total", "totalamount", "amounttotal", "totalprice", "totalpaid", "amountpaid", "amount", "sum"];
    private static readonly string[] Currency = ["currency", "currencycode"];
    private static readonly string[] Number = ["receiptnumber", "receiptno", "receiptid", "transactionid", "id", "number"];

    /// <summary>Null when the names say too little.</summary>
    public static Extraction? Read(DocumentContent content)
    {
        if (content.Format is not (DocumentFormat.Json or DocumentFormat.Xml) || WordBoxes.Find(content).Count > 0)
        {
            return null;
        }

        var heads = NamedLeaf.Of(content).Where(leaf => !leaf.IsIn(TradeNames.Lines)).ToList();
        var fields = new FieldList();
        Add(fields, FieldName.Company, [.. heads.Where(leaf => leaf.IsIn(Shop) || Shop.Any(leaf.Name.StartsWith))], Name, value => value);
        Add(fields, FieldName.Date, heads, Date, value => PrintedDates.Find(value) is [{ Start: 0 } date, ..] ? date.Iso : null);
        Add(fields, FieldName.Total, heads, Total, value => Amount.Invariant(value) is { } amount ? Amount.Text(amount) : null);
        Add(fields, FieldName.Currency, heads, Currency, value => Currencies.IsCode(value) ? value : null);
        Add(fields, FieldName.Number, heads, Number, value => value);
        return fields.Has(FieldName.Company) && fields.Has(FieldName.Total) ? fields.ToExtraction(DocumentType.Receipt) : null;
    }

    private static void Add(FieldList fields, string field, List<NamedLeaf> leaves, string[] names, Func<string, string?> read)
    {
        foreach (var name in names)
        {
            var found = leaves.Where(leaf => leaf.Name == name).OrderBy(leaf => leaf.Depth)
                .Select(leaf => (Leaf: leaf, Value: read(leaf.Value))).FirstOrDefault(pair => !string.IsNullOrEmpty(pair.Value));
            if (found.Leaf is not null)
            {
                fields.Add(field, found.Value, found.Leaf.Place, 0.88);
                return;
            }
        }
    }
}
