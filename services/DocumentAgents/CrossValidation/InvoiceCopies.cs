using DocumentAgents.Facts;

namespace DocumentAgents.CrossValidation;

/// <summary>Bills of the same seller under the same number: one is taken as the original, the others are copies of it.</summary>
internal sealed class InvoiceCopies
{
    private const int ComparedPairwise = 40;

    private readonly Dictionary<BatchDocument, BatchDocument> originals =
        new(ReferenceEqualityComparer.Instance as IEqualityComparer<BatchDocument>);

    public InvoiceCopies(IReadOnlyList<BatchDocument> batch)
    {
        var numbered = batch.Where(document => document.IsBill && document.NumberKey.Length > 0)
            .GroupBy(document => (document.Type, document.NumberKey));
        foreach (var group in numbered)
        {
            foreach (var copies in SameParties([.. group]).Where(copies => copies.Count > 1))
            {
                var original = Original(copies, batch);
                foreach (var copy in copies)
                {
                    originals[copy] = original;
                }
            }
        }
    }

    /// <summary>What the document is a copy of; itself when it is an original or the only one.</summary>
    public BatchDocument OriginalOf(BatchDocument document) => originals.GetValueOrDefault(document, document);

    private static List<List<BatchDocument>> SameParties(List<BatchDocument> numbered)
    {
        var groups = new List<List<BatchDocument>>();
        foreach (var document in numbered)
        {
            var group = groups.FirstOrDefault(group => group[0].SharedParties(document) > 0);
            if (group is null)
            {
                groups.Add([document]);
            }
            else
            {
                group.Add(document);
            }
        }

        return groups;
    }

    // A changed copy differs from every other one, the original from each in one thing only; between two, the one that fits its order
    // better.
    private static BatchDocument Original(List<BatchDocument> copies, IReadOnlyList<BatchDocument> batch)
    {
        var compared = copies.Take(ComparedPairwise).ToList();
        return compared
            .OrderBy(copy =>
                compared.Where(other => other != copy).Sum(other => PairComparison.Compare(other, copy, RelationName.SameInvoice).Length))
            .ThenBy(copy => Misfits(copy, batch))
            .ThenBy(copy => copy.Extraction.Value(FieldName.IssueDate), StringComparer.Ordinal)
            .ThenBy(copy => copy.File, StringComparer.Ordinal)
            .First();
    }

    private static int Misfits(BatchDocument copy, IReadOnlyList<BatchDocument> batch)
    {
        var order = batch.FirstOrDefault(
            other => other.Type == DocumentType.PurchaseOrder && copy.RefersTo(FieldName.OrderReference, other)
            && copy.SharedParties(other) > 0);
        return order is null ? 1 : PairComparison.Compare(order, copy, RelationName.Bills).Length;
    }
}
