using DocumentAgents.Facts;

namespace DocumentAgents.Trade;

/// <summary>
/// Amounts in JSON and XML: with a point as programs write them, else as people print them in the programs of their country.
/// </summary>
internal static class NamedAmount
{
    public static decimal? Read(string value) =>
        Amount.Invariant(value) ?? (value.Length <= 24 && PrintedAmounts.Find(value) is [var only] ? only.Value : null);
}
