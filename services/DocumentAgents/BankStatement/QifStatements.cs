using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.BankStatement;

/// <summary>Quicken Interchange Format: a list of transactions without balances.</summary>
internal static class QifStatements
{
    public static Extraction Read(ImmutableArray<Segment> segments)
    {
        var fields = new FieldList();
        var header = segments.FirstOrDefault(segment => segment.Text.TrimStart().StartsWith("!Type:", StringComparison.OrdinalIgnoreCase));
        if (header is not null)
        {
            fields.Add(StatementField.AccountType, header.Text.Trim()["!Type:".Length..], header.Place, 0.97);
        }

        var amounts = segments.Where(segment => segment.Tag is "T").ToList();
        foreach (var amount in amounts.Where(segment => Amount.Printed(Content(segment)) is null))
        {
            fields.Impossible($"'{Content(amount)}' is no amount.", amount.Place);
        }

        var records = segments.Count(segment => segment.Tag == "^");
        var place = segments.FirstOrDefault()?.Place ?? Place.Line(1);
        fields.Add(StatementField.TransactionCount, Math.Max(records, amounts.Count), place, 0.97);
        return fields.ToExtraction(DocumentType.BankStatement);
    }

    private static string Content(Segment segment) => segment.Value(0).Trim();
}
