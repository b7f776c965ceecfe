using System.Collections.Immutable;
using DocumentAgents.Facts;

namespace DocumentAgents.CrossValidation;

/// <summary>An order for which more was billed than it comes to, by several bills together.</summary>
/// <param name="File">The order.</param>
/// <param name="Bills">The bills, the oldest first; of several copies of one only the original.</param>
/// <param name="Credits">The credit notes that were taken off.</param>
/// <param name="Billed">The bills less the credit notes.</param>
/// <param name="IsOfOrderedGoods">Whether only what the order lists was counted; else freight and the like may be among it.</param>
internal sealed record OverbilledOrder(
    string File, ImmutableArray<string> Bills, ImmutableArray<string> Credits, decimal Ordered, decimal Billed, string? Currency,
    bool IsOfOrderedGoods)
{
    public const string Code = "order_exceeded";

    public string Message =>
        $"{Bills.Length} invoices come to {Sum(Billed)} together{(Credits.IsEmpty ? "" : $", less {string.Join(", ", Credits)}")}, "
        + $"ordered were {Sum(Ordered)}: {Sum(Billed - Ordered)} too much ({string.Join(", ", Bills)})"
        + (IsOfOrderedGoods ? "" : "; freight or other charges that are not ordered may be among it");

    private string Sum(decimal value) => Currency is null ? Amount.Text(value) : $"{Amount.Text(value)} {Currency}";
}

/// <summary>
/// Adds up what was billed for each order. What is not certain counts as not billed: where it is open whether an order includes tax, the
/// bills count without it, and of a bill and one that corrects it only the later one counts.
/// </summary>
internal static class OrderBilling
{
    // Each bill is rounded for itself.
    private const decimal Rounding = 0.05m;

    public static IEnumerable<OverbilledOrder> Exceeded(
        IReadOnlyList<(BatchDocument Here, BatchDocument There, string Relation)> links,
        IReadOnlyList<BatchDocument> batch,
        InvoiceCopies copies)
    {
        var credits = links.Where(link => link.Relation is RelationName.CreditsOrder or RelationName.Credits)
            .ToLookup(link => link.There, link => link.Here);
        foreach (var billed in links.Where(link => link.Relation == RelationName.Bills).GroupBy(link => link.There, link => link.Here))
        {
            var bills = Distinct(billed.Where(bill => bill.IsBill), copies);
            var credited = Distinct(bills.Prepend(billed.Key).Concat(billed).SelectMany(document => credits[document]), copies);
            var standing = bills.FindAll(bill => IsStanding(bill, bills));
            if (Add(billed.Key, Largest(billed.Key, batch), standing, credited) is { } exceeded)
            {
                yield return exceeded;
            }
        }
    }

    private static OverbilledOrder? Add(
        BatchDocument order, (decimal Sum, bool Taxed)? ordered, List<BatchDocument> bills, List<BatchDocument> credits)
    {
        if (ordered is not var (sum, taxed) || credits.Exists(credit => !SameCurrency(order, credit) || credit.Total(taxed) is null))
        {
            return null;
        }

        var counted = bills.FindAll(bill => SameCurrency(order, bill) && bill.Total(taxed) is not null);
        if (counted.TrueForAll(bill => OrderedGoods.IsRepeated(order, bill, sum, bill.Total(taxed)!.Value)))
        {
            return null;
        }

        var (shares, areTold) = OrderedGoods.Shares(order, counted);
        var parts = counted.Zip(shares, (bill, share) => (Bill: bill, Sum: Asked(bill, taxed, share)))
            .Where(part => part.Sum > 0).ToList();
        var billed = parts.Sum(part => part.Sum) - credits.Sum(credit => Math.Abs(credit.Total(taxed)!.Value));
        return parts.Count > 1 && billed - sum > Rounding * parts.Count
            ? new(order.File, Files(parts.ConvertAll(part => part.Bill)), Files(credits), sum, billed, Currency(order), areTold)
            : null;
    }

    private static decimal Asked(BatchDocument bill, bool taxed, decimal share) =>
        decimal.Round(bill.Total(taxed)!.Value * share, 2) - bill.Prepaid;

    // A corrected bill counts in the place of the one it names; when that is not there, it may be any of the others.
    private static bool IsStanding(BatchDocument bill, List<BatchDocument> bills)
    {
        var others = bills.FindAll(other => other != bill);
        return !others.Exists(other => other.RefersTo(FieldName.BillingReference, bill))
            && (bill.Extraction.Value(FieldName.InvoiceKind) != InvoiceKindName.Correction
            || others.Exists(other => bill.RefersTo(FieldName.BillingReference, other)));
    }

    // An order that was changed may be there in more than one version.
    private static (decimal Sum, bool Taxed)? Largest(BatchDocument order, IReadOnlyList<BatchDocument> batch)
    {
        var sums = batch
            .Where(other => other == order
                || (other.Type == order.Type && other.NumberKey == order.NumberKey && other.SharedParties(order) > 0))
            .Select(version => (Sum: version.Total(version.IsTaxed), Taxed: version.IsTaxed))
            .ToList();
        return sums.TrueForAll(version => version.Sum is not null)
            ? sums.Select(version => (version.Sum!.Value, version.Taxed)).MaxBy(version => version.Value)
            : null;
    }

    private static List<BatchDocument> Distinct(IEnumerable<BatchDocument> documents, InvoiceCopies copies) =>
    [
        .. documents.Select(copies.OriginalOf).Distinct()
            .DistinctBy(document =>
                document.NumberKey.Length > 0 ? document.NumberKey : $"{Date(document)} {document.Total(withTax: true)}")
            .OrderBy(Date, StringComparer.Ordinal).ThenBy(document => document.File, StringComparer.Ordinal),
    ];

    private static ImmutableArray<string> Files(List<BatchDocument> documents) => [.. documents.Select(document => document.File)];

    private static string? Date(BatchDocument document) => document.Extraction.Value(FieldName.IssueDate);

    private static string? Currency(BatchDocument document) => document.Extraction.Value(FieldName.Currency);

    private static bool SameCurrency(BatchDocument one, BatchDocument other) =>
        Currency(one) is not { } currency || Currency(other) is not { } named || currency == named;
}
