using DocumentAgents.Facts;

namespace DocumentAgents.CrossValidation;

/// <summary>The one sum of a document that says nothing of tax, beside one that does: most orders are written without tax.</summary>
internal static class OrderSum
{
    // A total in a field of its own, as structured orders have it, is what is due whatever it says of tax.
    private const double Stated = 0.95;

    /// <summary>The net totals to compare when one of the two says nothing of tax and its sum is a net one; else null.</summary>
    public static (Field There, Field Here)? Net(BatchDocument there, BatchDocument here)
    {
        if (there.Type is not (DocumentType.PurchaseOrder or DocumentType.Quotation))
        {
            return null;
        }

        return here.IsTaxed && Untaxed(there, here) is { } ordered && Without(here) is { } billed ? (ordered, billed)
            : there.IsTaxed && Untaxed(here, there) is { } plain && Without(there) is { } net ? (net, plain)
            : null;
    }

    private static Field? Without(BatchDocument taxed) =>
        taxed.Extraction.Find(FieldName.NetTotal)
        ?? (taxed.Extraction.Find(FieldName.GrossTotal) is { } gross && Amount.Invariant(gross.Value) is { } sum
            ? gross with { Name = FieldName.NetTotal, Value = Amount.Text(sum - Number(taxed, FieldName.TaxTotal)!.Value) }
            : null);

    private static Field? Untaxed(BatchDocument document, BatchDocument taxed) =>
        !document.IsTaxed && Sum(document) is { Confidence: < Stated } sum && Amount.Invariant(sum.Value) is { } total
            && (Number(document, FieldName.NetTotal) ?? total) == total
        && (IsSumOfLines(total, document) || IsNearerToNet(total, taxed)) ? sum : null;

    private static Field? Sum(BatchDocument document) =>
        document.Extraction.Find(FieldName.GrossTotal) ?? document.Extraction.Find(FieldName.Payable)
            ?? document.Extraction.Find(FieldName.NetTotal);

    // Its lines tell whether the sum is a net one; without them, what it is nearer to.
    private static bool IsSumOfLines(decimal total, BatchDocument document)
    {
        var amounts = document.Lines.Select(line => line.Amount ?? (line.Quantity * line.UnitPrice)).ToList();
        return amounts.Count > 0 && amounts.All(amount => amount is not null) && Math.Abs(amounts.Sum()!.Value - total) <= 0.02m;
    }

    private static bool IsNearerToNet(decimal total, BatchDocument taxed) =>
        Without(taxed) is { } net && Amount.Invariant(net.Value) is { } without
        && (Number(taxed, FieldName.GrossTotal) ?? Number(taxed, FieldName.Payable)) is { } gross
            && Math.Abs(total - without) < Math.Abs(total - gross);

    private static decimal? Number(BatchDocument document, string name) => Amount.Invariant(document.Extraction.Value(name));
}
