using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Trade;

/// <summary>
/// The sums after UNS. The qualifiers for the same sum differ between users, so each field has a list in order of preference.
/// </summary>
internal static class EdifactTotals
{
    private const string TaxOfMessage = "176";

    private static readonly (string Field, string[] Qualifiers)[] Invoice =
    [
        (FieldName.LineExtensionTotal, ["79"]),
        (FieldName.NetTotal, ["389", "125", "79"]),
        (FieldName.TaxTotal, ["176", "150", "124"]),
        (FieldName.GrossTotal, ["388", "77", "86", "39"]),
        (FieldName.Prepaid, ["113"]),
        (FieldName.Rounding, ["165"]),
        (FieldName.Payable, ["9", "388", "77", "86", "39"]),
    ];

    private static readonly (string Field, string[] Qualifiers)[] Order =
    [
        (FieldName.LineExtensionTotal, ["79"]),
        (FieldName.NetTotal, ["79", "125"]),
        (FieldName.TaxTotal, ["176", "150", "124"]),
        (FieldName.GrossTotal, ["86", "128", "77", "39"]),
        (FieldName.Payable, ["86", "128", "77", "9", "39"]),
    ];

    private static readonly (string Field, string[] Qualifiers)[] Remittance = [(FieldName.Total, ["12", "9", "86"])];

    public static void Add(FieldList fields, ImmutableArray<Segment> summary, string type)
    {
        // Sums of one tax rate follow a TAX segment and are not sums of the document.
        var amounts = summary.Where(segment => segment.Tag == "MOA").ToList();
        var sums = summary.TakeWhile(segment => segment.Tag != "TAX").Where(segment => segment.Tag == "MOA").ToList();
        sums.AddRange(amounts.Where(amount => amount.Value(0) == TaxOfMessage && !sums.Contains(amount)));
        foreach (var (field, qualifiers) in Sums(type))
        {
            var segment = qualifiers.Select(qualifier => sums.FirstOrDefault(sum => sum.Value(0) == qualifier))
                .FirstOrDefault(sum => sum is not null);
            if (segment is null)
            {
                continue;
            }

            if (EdifactLines.Number(segment.Value(0, 1)) is { } amount)
            {
                fields.Add(field, amount, segment.Place, 0.97);
            }
            else
            {
                fields.Impossible($"'{segment.Value(0, 1)}' is no amount.", segment.Place);
            }
        }
    }

    private static (string Field, string[] Qualifiers)[] Sums(string type) => type switch
    {
        DocumentType.Invoice or DocumentType.CreditNote => Invoice,
        DocumentType.RemittanceAdvice => Remittance,
        _ => Order,
    };
}
