using System.Xml.Linq;
using DocumentAgents.Facts;

namespace DocumentAgents.Trade;

/// <summary>Reads Cross Industry Invoices and Orders of UN/CEFACT: Factur-X, ZUGFeRD (1.0 and 2.x), XRechnung, Order-X.</summary>
internal static class CiiReader
{
    public static bool IsCii(XElement root) =>
        root.Name.LocalName is "CrossIndustryInvoice" or "CrossIndustryDocument"
            || root.Name.LocalName.StartsWith("SCRDMCCB", StringComparison.Ordinal);

    /// <summary>The document type by its code (UN/CEFACT 1001), else by the root element.</summary>
    public static string TypeOf(XElement root)
    {
        var code = Document(root).Child("TypeCode").Text();
        return TypeCodes.TypeOf(code)
            ?? (root.Name.LocalName.StartsWith("SCRDM", StringComparison.Ordinal) ? DocumentType.PurchaseOrder : DocumentType.Invoice);
    }

    public static Extraction Read(XElement root)
    {
        var type = TypeOf(root);
        var fields = new FieldList();
        var document = Document(root);
        fields.AddText(FieldName.Number, document.Child("ID"));
        var code = document.Child("TypeCode");
        fields.Add(FieldName.InvoiceKind, TypeCodes.InvoiceKindOf(code.Text()), (code ?? root).Place(), 0.99);
        AddDate(fields, FieldName.IssueDate, document.Child("IssueDateTime"));
        AddParties(fields, root);
        AddReferences(fields, root, document);
        var settlement = Part(root, "TradeSettlement");
        fields.AddText(FieldName.Currency, settlement.Child("InvoiceCurrencyCode") ?? settlement.Child("OrderCurrencyCode"));
        AddDate(fields, FieldName.DueDate, settlement.Named("DueDateDateTime").FirstOrDefault());
        CiiTotals.Add(fields, settlement);
        AddAccounts(fields, settlement);
        var items = root.Named("IncludedSupplyChainTradeLineItem").ToList();
        var linesPlace = items.Count == 0 ? "" : $"{items[0].Parent!.Place().Value}/{items[0].Name.LocalName}";
        var lines = items.Select((line, index) => CiiLine.Read(fields, line, linesPlace, index + 1)).ToList();
        if (lines.Count > 0)
        {
            fields.Add(FieldName.LineCount, lines.Count, root.Place(), 0.99);
        }

        TradeChecks.Run(fields, type, lines);
        return fields.ToExtraction(type, lines);
    }

    /// <summary>The header part whose name ends so: <c>Applicable(Header|SupplyChain)TradeAgreement</c>.</summary>
    private static XElement? Part(XElement root, string ending) =>
        root.Descendants().FirstOrDefault(element =>
            element.Name.LocalName.StartsWith("Applicable", StringComparison.Ordinal)
                && element.Name.LocalName.EndsWith(ending, StringComparison.Ordinal));

    private static XElement? Document(XElement root) => root.Child("ExchangedDocument") ?? root.Child("HeaderExchangedDocument");

    private static void AddParties(FieldList fields, XElement root)
    {
        var agreement = Part(root, "TradeAgreement");
        AddParty(fields, FieldName.Seller, FieldName.SellerId, agreement.Child("SellerTradeParty"));
        AddParty(fields, FieldName.Buyer, FieldName.BuyerId, agreement.Child("BuyerTradeParty"));
    }

    private static void AddParty(FieldList fields, string name, string idName, XElement? party)
    {
        var trading = party.Child("SpecifiedLegalOrganization", "TradingBusinessName").Text();
        fields.AddText(name, party.Child("Name"), trading is null ? [] : [trading]);
        foreach (var id in party.Named("ID").Concat(party.Named("GlobalID")).DistinctBy(element => element.Value.Trim()))
        {
            fields.AddText(idName, id);
        }
    }

    private static void AddReferences(FieldList fields, XElement root, XElement? document)
    {
        var agreement = Part(root, "TradeAgreement");
        fields.AddText(FieldName.OrderReference, Reference(agreement.Child("BuyerOrderReferencedDocument")));
        foreach (var invoice in Part(root, "TradeSettlement").Children("InvoiceReferencedDocument"))
        {
            fields.AddText(FieldName.BillingReference, Reference(invoice));
        }

        fields.AddText(FieldName.DespatchReference, Reference(Part(root, "TradeDelivery").Child("DespatchAdviceReferencedDocument")));
        fields.AddText("purpose", document.Child("Name"));
    }

    private static XElement? Reference(XElement? document) => document.Child("IssuerAssignedID") ?? document.Child("ID");

    private static void AddAccounts(FieldList fields, XElement? settlement)
    {
        foreach (var account in settlement.Named("PayeePartyCreditorFinancialAccount"))
        {
            var id = account.Child("IBANID") ?? account.Child("ProprietaryID");
            if (id.Text() is { } number && !fields.HasValue(FieldName.PayeeAccount, number))
            {
                fields.AddText(FieldName.PayeeAccount, id);
            }
        }
    }

    private static void AddDate(FieldList fields, string name, XElement? holder)
    {
        var value = holder.Child("DateTimeString") ?? holder.Child("DateTime") ?? holder;
        if (value.Text() is not { } text)
        {
            return;
        }

        if ((IsoDate.FromDigits(text) ?? IsoDate.FromXml(text)) is { } date)
        {
            fields.Add(name, date, value!.Place(), 0.99);
        }
        else
        {
            fields.Impossible($"'{text}' is no date.", value!.Place());
        }
    }
}
