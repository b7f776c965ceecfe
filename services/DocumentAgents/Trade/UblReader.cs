using System.Xml.Linq;
using DocumentAgents.Facts;

namespace DocumentAgents.Trade;

/// <summary>Reads the business documents of UBL 2.x with its national dialects (PEPPOL, OIOUBL, EHF, Svefaktura, SUNAT …).</summary>
internal static class UblReader
{
    private const int MaxReferences = 1_000;
    private const string Namespace = "urn:oasis:names:specification:ubl:schema:xsd:";

    /// <summary>The kind of a UBL document; null when the element is none that is known here.</summary>
    public static UblKind? KindOf(XElement root) =>
        root.Name.NamespaceName.StartsWith(Namespace, StringComparison.OrdinalIgnoreCase)
            && UblKind.ByRoot.TryGetValue(root.Name.LocalName, out var kind)
            ? kind
            : null;

    public static bool IsUbl(XElement root) => root.Name.NamespaceName.StartsWith(Namespace, StringComparison.OrdinalIgnoreCase);

    public static Extraction Read(XElement root, UblKind kind)
    {
        var fields = new FieldList();
        fields.AddText(FieldName.Number, root.Child("ID"));
        fields.AddDate(FieldName.IssueDate, root.Child("IssueDate"));
        var code = root.Child("InvoiceTypeCode");
        fields.Add(FieldName.InvoiceKind, TypeCodes.InvoiceKindOf(code.Text()), (code ?? root).Place(), 0.99);
        AddCurrency(fields, root);
        fields.AddDate(FieldName.DueDate, DueDate(root));
        UblParties.Add(fields, root, kind);
        AddReferences(fields, root);
        UblTotals.Add(fields, root, kind);
        fields.AddText(FieldName.Accepted, root.Child("AcceptedIndicator"));
        AddAccounts(fields, root);
        // The path of the lines is put together here: to ask each line for its own would look at all of them for each.
        var linesPlace = $"{root.Place().Value}/{kind.Line}";
        var lines = root.Children(kind.Line).Select((line, index) => UblLine.Read(fields, line, kind, linesPlace, index + 1))
            .Where(line => !IsHeading(line)).ToList();
        if (lines.Count > 0)
        {
            fields.Add(FieldName.LineCount, lines.Count, root.Place(), 0.99);
        }

        TradeChecks.Run(fields, kind.Type, lines);
        return fields.ToExtraction(kind.Type, lines);
    }

    // Some programs write headings and remarks as lines of nothing for nothing.
    private static bool IsHeading(LineItem line) => line is { Quantity: 0, Amount: 0, UnitPrice: 0 };

    private static XElement? DueDate(XElement root) =>
        root.Child("DueDate") ?? root.Child("PaymentMeans", "PaymentDueDate") ?? root.Child("PaymentTerms", "PaymentDueDate")
        ?? root.Children("PaymentMeans").Select(means => means.Child("PaymentDueDate")).FirstOrDefault(date => date is not null);

    private static void AddCurrency(FieldList fields, XElement root)
    {
        if ((root.Child("DocumentCurrencyCode") ?? root.Child("PricingCurrencyCode")) is { } code)
        {
            fields.AddText(FieldName.Currency, code);
            return;
        }

        var stated = root.Descendants().Attributes("currencyID").FirstOrDefault();
        if (stated is not null)
        {
            fields.Add(FieldName.Currency, stated.Value, Reading.Place.XPath(stated), 0.95);
        }
    }

    private static void AddReferences(FieldList fields, XElement root)
    {
        foreach (var order in root.Children("OrderReference").Concat(root.Named("OrderLineReference").Children("OrderReference"))
            .Take(MaxReferences))
        {
            AddReference(fields, FieldName.OrderReference, order);
        }

        foreach (var billing in root.Named("BillingReference").Take(MaxReferences))
        {
            foreach (var document in billing.Elements()
                .Where(element => element.Name.LocalName.EndsWith("DocumentReference", StringComparison.Ordinal)))
            {
                AddReference(fields, FieldName.BillingReference, document);
            }
        }

        foreach (var despatch in root.Children("DespatchDocumentReference"))
        {
            AddReference(fields, FieldName.DespatchReference, despatch);
        }
    }

    private static void AddReference(FieldList fields, string name, XElement reference)
    {
        if (reference.Child("ID").Text() is { } number && !fields.HasValue(name, number))
        {
            fields.AddText(name, reference.Child("ID"));
        }
    }

    private static void AddAccounts(FieldList fields, XElement root)
    {
        foreach (var account in root.Children("PaymentMeans").Select(means => means.Child("PayeeFinancialAccount", "ID")))
        {
            if (account.Text() is { } number && !fields.HasValue(FieldName.PayeeAccount, number))
            {
                fields.AddText(FieldName.PayeeAccount, account);
            }
        }
    }

    private static IEnumerable<XElement> Children(this IEnumerable<XElement> parents, string name) =>
        parents.SelectMany(parent => parent.Children(name));
}
