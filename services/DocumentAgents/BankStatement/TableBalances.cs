using DocumentAgents.Facts;

namespace DocumentAgents.BankStatement;

/// <summary>The balances of a download: from rows that state them, else from a column that carries the balance on.</summary>
internal static class TableBalances
{
    public static void Add(FieldList fields, TransactionTable table)
    {
        foreach (var row in table.Stated)
        {
            if (Name(table, row) is { } name && Stated(table, row) is { } balance && !fields.Has(name))
            {
                fields.Add(name, balance, table.Table.PlaceOf(row, Math.Max(0, table.Balance)), 0.85);
            }
        }

        var changes = table.Rows.Select(row => TableChange.Of(table, row)).ToList();
        var complete = changes.All(change => change is not null);
        if (complete)
        {
            AddRunning(fields, table, [.. changes.Select(change => change!.Value)]);
        }

        if (table.Stated.Length > 0 && fields.Has(StatementField.OpeningBalance) && !fields.Has(StatementField.ClosingBalance)
            && table.Balance >= 0)
        {
            fields.Add(StatementField.ClosingBalance, Amount.Printed(table.Table.Cell(table.Rows[^1], table.Balance)),
                table.Table.PlaceOf(table.Rows[^1], table.Balance), 0.75);
        }

        if (complete && table.Stated.Length > 0)
        {
            BalanceCheck.Run(fields, changes.Sum(), table.Table.PlaceOf(table.Rows[0], 0));
        }
    }

    // By what the row says, else by where it stands.
    private static string? Name(TransactionTable table, int row)
    {
        var cells = table.Table.Rows[row];
        return cells.Any(BalanceLabels.IsOpening) ? StatementField.OpeningBalance
            : cells.Any(BalanceLabels.IsClosing) ? StatementField.ClosingBalance
            : row < table.Rows[0] ? StatementField.OpeningBalance
            : row > table.Rows[^1] ? StatementField.ClosingBalance
            : null;
    }

    private static decimal? Stated(TransactionTable table, int row) =>
        Amount.Printed(TransactionTable.WithoutCurrency(table.Table.Cell(row, table.Balance))) ?? TableChange.Of(table, row)
        ?? table.Table.Rows[row].Where(TransactionTable.IsMoney).Select(cell => Amount.Printed(TransactionTable.WithoutCurrency(cell)))
            .LastOrDefault();

    // Oldest first or newest first; a column where a row does not follow from the one before is no running balance.
    private static void AddRunning(FieldList fields, TransactionTable table, List<decimal> changes)
    {
        var balances = table.Rows.Select(row => Amount.Printed(TransactionTable.WithoutCurrency(table.Table.Cell(row, table.Balance))))
            .ToList();
        if (table.Balance < 0 || balances.Count < 2 || balances.Any(balance => balance is null))
        {
            return;
        }

        var steps = Enumerable.Range(1, balances.Count - 1).ToList();
        var isForward = steps.All(index => balances[index - 1] + changes[index] == balances[index]);
        if (!isForward && !steps.All(index => balances[index] + changes[index - 1] == balances[index - 1]))
        {
            return;
        }

        var (first, last) = isForward ? (0, balances.Count - 1) : (balances.Count - 1, 0);
        Add(fields, table, StatementField.OpeningBalance, balances[first] - changes[first], first);
        Add(fields, table, StatementField.ClosingBalance, balances[last], last);
    }

    private static void Add(FieldList fields, TransactionTable table, string name, decimal? balance, int index)
    {
        if (!fields.Has(name))
        {
            fields.Add(name, balance, table.Table.PlaceOf(table.Rows[index], table.Balance), 0.75);
        }
    }
}
