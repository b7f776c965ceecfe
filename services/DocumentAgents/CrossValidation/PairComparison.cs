using System.Collections.Immutable;
using DocumentAgents.Facts;

namespace DocumentAgents.CrossValidation;

/// <summary>Says where a document disagrees with the one it answers. What one of the two leaves out is no difference.</summary>
internal static class PairComparison
{
    public static ImmutableArray<Difference> Compare(BatchDocument there, BatchDocument here, string relation)
    {
        var differences = ImmutableArray.CreateBuilder<Difference>();
        AddText(differences, FieldName.Currency, there, here);
        AddParty(differences, FieldName.Seller, there.Seller, here.Seller);
        AddParty(differences, FieldName.Buyer, there.Buyer, here.Buyer);
        if (HasSums(relation))
        {
            AddSums(differences, there, here, relation);
        }

        if (HasLines(relation))
        {
            AddLines(differences, there, here);
        }

        AddDates(differences, there, here, relation);
        if (relation == RelationName.SameInvoice)
        {
            AddRepetition(differences, there, here);
        }

        return differences.ToImmutable();
    }

    private static bool HasSums(string relation) =>
        relation is not (RelationName.Ships or RelationName.Receives or RelationName.BillsShipment);

    private static bool HasLines(string relation) => relation is not (RelationName.Reminds or RelationName.Pays);

    private static void AddSums(ImmutableArray<Difference>.Builder differences, BatchDocument there, BatchDocument here, string relation)
    {
        if (relation == RelationName.Pays && here.Extraction.All(FieldName.BillingReference).Skip(1).Any())
        {
            AddShare(differences, there, here);
            return;
        }

        if (OrderSum.Net(there, here) is { } net)
        {
            AddAmount(differences, FieldName.NetTotal, net.There, net.Here);
            return;
        }

        AddAmount(differences, FieldName.NetTotal, there.Extraction.Find(FieldName.NetTotal), here.Extraction.Find(FieldName.NetTotal));
        AddAmount(differences, FieldName.Payable, Due(there), Due(here));
    }

    // What is paid of one bill of several stands in its line.
    private static void AddShare(ImmutableArray<Difference>.Builder differences, BatchDocument there, BatchDocument here)
    {
        var line = here.Lines.FirstOrDefault(line => line.Items.Any(item => Words.Key(item) == there.NumberKey));
        if (line?.Amount is { } paid && there.Extraction.Amount(FieldName.Payable) is { } due && paid != due)
        {
            differences.Add(Difference.Of(FieldName.Payable, Text(due), Text(paid)));
        }
    }

    private static Field? Due(BatchDocument document) =>
        document.Extraction.Find(document.Type == DocumentType.RemittanceAdvice ? FieldName.Total : FieldName.Payable);

    private static void AddText(ImmutableArray<Difference>.Builder differences, string name, BatchDocument there, BatchDocument here)
    {
        if (there.Extraction.Value(name) is { } one && here.Extraction.Value(name) is { } other && Words.Key(one) != Words.Key(other))
        {
            differences.Add(Difference.Of(name, one, other));
        }
    }

    private static void AddParty(ImmutableArray<Difference>.Builder differences, string name, Field? there, Field? here)
    {
        if (there is not null && here is not null && !BatchDocument.SameName(there, here))
        {
            differences.Add(Difference.Of(name, there.Value, here.Value));
        }
    }

    private static void AddAmount(ImmutableArray<Difference>.Builder differences, string name, Field? there, Field? here)
    {
        if (there is not null && here is not null && Amount.Invariant(there.Value) != Amount.Invariant(here.Value))
        {
            differences.Add(Difference.Of(name, there.Value, here.Value));
        }
    }

    private static void AddLines(ImmutableArray<Difference>.Builder differences, BatchDocument there, BatchDocument here)
    {
        if (there.Lines.Count == 0 || here.Lines.Count == 0)
        {
            return;
        }

        if (there.Lines.Count != here.Lines.Count)
        {
            differences.Add(Difference.Of(FieldName.LineCount, Text(there.Lines.Count), Text(here.Lines.Count)));
        }

        foreach (var (one, other) in LineMatching.Pairs(there.Lines, here.Lines).OrderBy(pair => pair.Here.Id, StringComparer.Ordinal))
        {
            if (LineMatching.DifferentGoods(one, other))
            {
                differences.Add(Difference.Of($"line{one.Id}.item", one.Items[0], other.Items[0]));
            }

            AddNumber(differences, $"line{one.Id}.quantity", one.Quantity, other.Quantity);
            AddNumber(differences, $"line{one.Id}.price", one.UnitPrice, other.UnitPrice);
        }
    }

    private static void AddNumber(ImmutableArray<Difference>.Builder differences, string name, decimal? there, decimal? here)
    {
        if (there is { } one && here is { } other && decimal.Round(one, 6) != decimal.Round(other, 6))
        {
            differences.Add(Difference.Of(name, Text(one), Text(other)));
        }
    }

    private static void AddDates(ImmutableArray<Difference>.Builder differences, BatchDocument there, BatchDocument here, string relation)
    {
        if (there.Extraction.Value(FieldName.IssueDate) is not { } one || here.Extraction.Value(FieldName.IssueDate) is not { } other
            || one == other)
        {
            return;
        }

        if (relation == RelationName.SameInvoice)
        {
            differences.Add(Difference.Of(FieldName.IssueDate, one, other));
        }
        else if (string.CompareOrdinal(other, one) < 0)
        {
            differences.Add(Difference.Of("issue_date_before", one, other));
        }
    }

    private static void AddRepetition(ImmutableArray<Difference>.Builder differences, BatchDocument there, BatchDocument here)
    {
        AddText(differences, FieldName.OrderReference, there, here);
        ImmutableArray<string> one = [.. there.Extraction.All(FieldName.PayeeAccount).Select(field => field.Value)];
        ImmutableArray<string> other = [.. here.Extraction.All(FieldName.PayeeAccount).Select(field => field.Value)];
        if (one.Length > 0 && other.Length > 0 && !one.Select(Words.Key).Order().SequenceEqual(other.Select(Words.Key).Order()))
        {
            differences.Add(new(FieldName.PayeeAccount, one, other));
        }

        differences.Add(Difference.Of("same_number", there.Extraction.Value(FieldName.Number)!, here.Extraction.Value(FieldName.Number)!));
    }

    private static string Text(decimal number) => Amount.Text(number);
}
