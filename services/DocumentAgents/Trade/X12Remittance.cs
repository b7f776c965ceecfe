using System.Collections.Immutable;
using System.Globalization;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Trade;

/// <summary>Reads a remittance advice of ANSI X12 (820): what was paid, when, and for which bills.</summary>
internal static class X12Remittance
{
    private const double Sure = 0.95;

    /// <summary>Adds the payment and gives a line for each item that it pays.</summary>
    public static List<LineItem> Read(FieldList fields, ImmutableArray<Segment> segments)
    {
        if (segments.FirstOrDefault(segment => segment.Tag == "BPR") is { } payment)
        {
            fields.Add(FieldName.Total, Amount.Invariant(payment.Value(1)), payment.Place, Sure);
            fields.Add(FieldName.IssueDate, IsoDate.FromDigits(payment.Value(15)), payment.Place, Sure);
        }

        if (segments.FirstOrDefault(segment => segment.Tag == "TRN") is { } trace)
        {
            fields.Add(FieldName.Number, trace.Value(1), trace.Place, Sure);
        }

        var paid = segments.Where(segment => segment.Tag == "RMR").ToList();
        foreach (var bill in paid.Where(segment => segment.Value(0) == "IV"))
        {
            fields.Add(FieldName.BillingReference, bill.Value(1), bill.Place, Sure);
        }

        return [.. paid.Select(
            (bill, index) =>
                new LineItem((index + 1)
                    .ToString(CultureInfo.InvariantCulture), null, null, Amount.Invariant(bill.Value(3)), bill.Place) { Items =
                    [bill.Value(1)] })];
    }
}
