using System.Xml.Linq;
using DocumentAgents.Facts;

namespace DocumentAgents.Trade;

/// <summary>The sums of a UBL document.</summary>
internal static class UblTotals
{
    private static readonly string[] Names =
        ["LegalMonetaryTotal", "AnticipatedMonetaryTotal", "RequestedMonetaryTotal", "QuotedMonetaryTotal"];

    public static void Add(FieldList fields, XElement root, UblKind kind)
    {
        if (kind.Type == DocumentType.RemittanceAdvice)
        {
            fields.AddAmount(FieldName.Total, root.Child("TotalPaymentAmount") ?? root.Child("TotalDebitAmount"));
            return;
        }

        var total = Names.Select(name => root.Child(name)).FirstOrDefault(element => element is not null);
        AddTax(fields, root);
        fields.AddAmount(FieldName.LineExtensionTotal, total.Child("LineExtensionAmount"));
        if (!HoldsTax(fields, root, total))
        {
            fields.AddAmount(FieldName.NetTotal, total.Child("TaxExclusiveAmount"));
        }

        fields.AddAmount(FieldName.GrossTotal, total.Child("TaxInclusiveAmount"));
        fields.AddAmount(FieldName.Prepaid, total.Child("PrepaidAmount"));
        fields.AddAmount(FieldName.Rounding, total.Child("PayableRoundingAmount"));
        fields.AddAmount(FieldName.Payable, total.Child("PayableAmount"));
    }

    // A second TaxTotal states the tax in the currency of the accounts; it must not be added.
    private static void AddTax(FieldList fields, XElement root)
    {
        var currency = fields.Value(FieldName.Currency);
        var totals = root.Children("TaxTotal")
            .Select(total => total.Child("TaxAmount"))
            .Where(amount => amount is not null && (amount.Attribute("currencyID")?.Value is not { } stated || stated == currency))
            .ToList();
        if (totals.Count > 0)
        {
            fields.Add(FieldName.TaxTotal, totals.Sum(amount => fields.ReadAmount(amount) ?? 0), totals[0]!.Place(), 0.99);
        }
    }

    /// <summary>OIOUBL writes the sum of taxes where UBL has the amount without tax.</summary>
    private static bool HoldsTax(FieldList fields, XElement root, XElement? total)
    {
        if (root.Child("CustomizationID").Text() is { } customization
            && customization.StartsWith("OIOUBL", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var stated = Amount.Invariant(total.Child("TaxExclusiveAmount").Text());
        var lines = Amount.Invariant(total.Child("LineExtensionAmount").Text());
        var gross = Amount.Invariant(total.Child("TaxInclusiveAmount").Text());
        return stated is > 0 && stated == fields.Number(FieldName.TaxTotal) && lines != stated && lines + stated == gross;
    }
}
