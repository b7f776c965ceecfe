using System.Collections.Immutable;
using DocumentAgents.Facts;

namespace DocumentAgents.CrossValidation;

/// <summary>What is known about business partners beforehand.</summary>
internal sealed record MasterData(ImmutableArray<KnownPartner> Partners);

/// <summary>A supplier or customer with all names and accounts that are agreed.</summary>
internal sealed record KnownPartner(string Name)
{
    public ImmutableArray<string> OtherNames { get; init; } = [];

    /// <summary>Accounts payments may go to.</summary>
    public ImmutableArray<string> Accounts { get; init; } = [];

    /// <summary>Currencies agreed; empty means any.</summary>
    public ImmutableArray<string> Currencies { get; init; } = [];

    public bool IsNamed(Field party) =>
        party.Also.Prepend(party.Value).Select(Words.Key).Intersect(OtherNames.Prepend(Name).Select(Words.Key)).Any();
}

/// <summary>A document that disagrees with the master data.</summary>
internal sealed record MasterDataFinding(string File, string Code, string Message);

/// <summary>Compares the bills of a batch with the master data.</summary>
internal static class MasterDataCheck
{
    public static IEnumerable<MasterDataFinding> Run(IReadOnlyList<BatchDocument> batch, MasterData masterData) =>
        batch.Where(document => document.IsBill && document.Seller is not null).SelectMany(document => Check(document, masterData));

    private static IEnumerable<MasterDataFinding> Check(BatchDocument document, MasterData masterData)
    {
        var partner = masterData.Partners.FirstOrDefault(known => known.IsNamed(document.Seller!));
        if (partner is null)
        {
            yield return new(document.File, "unknown_partner", $"'{document.Seller!.Value}' is not in the master data.");
            yield break;
        }

        foreach (var account in document.Extraction.All(FieldName.PayeeAccount))
        {
            if (partner.Accounts.Length > 0 && !partner.Accounts.Select(Words.Key).Contains(Words.Key(account.Value)))
            {
                yield return new(document.File, "unknown_account", $"Account {account.Value} is none of '{partner.Name}'.");
            }
        }

        if (document.Extraction.Value(FieldName.Currency) is { } currency && partner.Currencies.Length > 0
            && !partner.Currencies.Contains(currency))
        {
            yield return new(document.File, "unknown_currency", $"{currency} is not agreed with '{partner.Name}'.");
        }
    }
}
