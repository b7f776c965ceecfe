using System.Xml.Linq;
using DocumentAgents.Facts;

namespace DocumentAgents.Trade;

/// <summary>The sums of a Cross Industry Invoice or Order.</summary>
internal static class CiiTotals
{
    public static void Add(FieldList fields, XElement? settlement)
    {
        var totals = settlement?.Elements()
            .FirstOrDefault(element => element.Name.LocalName.EndsWith("MonetarySummation", StringComparison.Ordinal));
        fields.AddAmount(FieldName.LineExtensionTotal, totals.Child("LineTotalAmount"));
        fields.AddAmount(FieldName.NetTotal, totals.Child("TaxBasisTotalAmount"));
        fields.AddAmount(FieldName.TaxTotal, Tax(fields, totals));
        fields.AddAmount(FieldName.GrossTotal, totals.Child("GrandTotalAmount"));
        fields.AddAmount(FieldName.Prepaid, totals.Child("TotalPrepaidAmount"));
        fields.AddAmount(FieldName.Rounding, totals.Child("RoundingAmount"));
        fields.AddAmount(FieldName.Payable, totals.Child("DuePayableAmount"));
    }

    // The tax may be stated a second time in the currency of the accounts.
    private static XElement? Tax(FieldList fields, XElement? totals)
    {
        var currency = fields.Value(FieldName.Currency);
        var amounts = totals.Children("TaxTotalAmount").ToList();
        return amounts.FirstOrDefault(amount => amount.Attribute("currencyID")?.Value is not { } stated || stated == currency)
            ?? amounts.FirstOrDefault();
    }
}
