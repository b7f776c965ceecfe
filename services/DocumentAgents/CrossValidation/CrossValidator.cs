using System.Collections.Immutable;

namespace DocumentAgents.CrossValidation;

/// <summary>What the documents of a batch say about each other.</summary>
internal sealed record CrossValidationResult(
    ImmutableArray<DocumentRelation> Relations,
    ImmutableArray<OverbilledOrder> OverbilledOrders,
    ImmutableArray<MasterDataFinding> Findings);

/// <summary>
/// Links the documents of a batch and compares each with the one it answers, and with the master data where there is any.
/// </summary>
internal static class CrossValidator
{
    public static CrossValidationResult Validate(
        IReadOnlyList<BatchDocument> batch, MasterData? masterData, CancellationToken cancellationToken)
    {
        var copies = new InvoiceCopies(batch);
        var relations = ImmutableArray.CreateBuilder<DocumentRelation>();
        var links = new DocumentLinker(batch, copies).Links().ToList();
        foreach (var (here, there, relation) in links)
        {
            cancellationToken.ThrowIfCancellationRequested();
            relations.Add(new(here.File, there.File, relation, Differences(there, here, relation, copies)));
        }

        return new(
            relations.ToImmutable(),
            [.. OrderBilling.Exceeded(links, batch, copies)],
            masterData is null ? [] : [.. MasterDataCheck.Run(batch, masterData)]);
    }

    // A bill linked to an order by another way than its number disagrees about that number.
    private static ImmutableArray<Difference> Differences(BatchDocument there, BatchDocument here, string relation, InvoiceCopies copies)
    {
        var differences = PairComparison.Compare(there, here, relation);
        if (relation is RelationName.Bills or RelationName.CreditsOrder && !here.RefersTo(Facts.FieldName.OrderReference, there))
        {
            var stated = here.Extraction.Value(Facts.FieldName.OrderReference)
                ?? copies.OriginalOf(here).Extraction.Value(Facts.FieldName.OrderReference) ?? "";
            differences = differences.Add(
                Difference.Of(Facts.FieldName.OrderReference, there.Extraction.Value(Facts.FieldName.Number) ?? "", stated));
        }

        return differences;
    }
}
