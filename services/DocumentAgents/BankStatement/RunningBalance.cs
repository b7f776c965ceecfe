using System.Text.RegularExpressions;
using DocumentAgents.Layout;

namespace DocumentAgents.BankStatement;

/// <summary>A dated row of a statement.</summary>
/// <param name="Change">What it adds to the balance before it.</param>
internal sealed record BalanceRow(PageRow Row, decimal Change, decimal Balance);

/// <summary>
/// Dated rows whose last amount is the one of the row before, changed by another amount of the row: a balance that is carried on.
/// </summary>
/// <param name="Rows">The transactions.</param>
internal sealed partial record RunningBalance(IReadOnlyList<BalanceRow> Rows)
{
    private const int MaxRows = 5_000;

    /// <summary>The balance before the first row, where the document tells it.</summary>
    public decimal? Opening { get; private init; }

    public decimal Closing => Rows[^1].Balance;

    /// <summary>The rows; null when fewer than three follow from the one before, or when many do not.</summary>
    public static RunningBalance? Find(Page page)
    {
        var walk = new Walk();
        foreach (var row in page.Rows.Take(MaxRows))
        {
            var amounts = page.Amounts(ShortDate().Replace(row.Text, "")).Where(amount => amount.Decimals == 2)
                .Select(amount => amount.Value).ToList();
            if (amounts.Count > 0)
            {
                walk.Pass(row, amounts, IsDated(page, row));
            }
        }

        return walk.Result();
    }

    public static bool IsDated(Page page, PageRow row) => page.Dates(row.Text) is [{ Start: <= 4 }, ..] || ShortDate().IsMatch(row.Text);

    private sealed class Walk
    {
        private readonly List<BalanceRow> rows = [];
        private decimal? before;
        private decimal? opening;
        private readonly HashSet<decimal> stated = [];
        private int dated;

        public void Pass(PageRow row, List<decimal> amounts, bool isDated)
        {
            if (isDated && amounts.Count > 1)
            {
                dated++;
                Take(row, amounts);
            }

            before = isDated || amounts.Count == 1 ? amounts[^1] : before;
            stated.Add(amounts[^1]);
        }

        public RunningBalance? Result() => rows.Count >= 3 && rows.Count * 10 >= dated * 8 ? new(rows) { Opening = opening } : null;

        private void Take(PageRow row, List<decimal> amounts)
        {
            var start = before;
            if (rows.Count == 0 && start is { } last && !Follows(amounts, last))
            {
                // A summary stands above the rows: one of its amounts is the balance they begin with.
                start = stated.Where(amount => Follows(amounts, amount)).Select(amount => (decimal?)amount).FirstOrDefault();
            }

            if (start is null)
            {
                // Nobody knows the balance before the first row unless its amount has a sign.
                opening = amounts[^2] < 0 ? amounts[^1] - amounts[^2] : null;
                rows.Add(new(row, amounts[^2], amounts[^1]));
            }
            else if (Follows(amounts, start.Value))
            {
                opening = rows.Count == 0 ? start : opening;
                rows.Add(new(row, amounts[^1] - start.Value, amounts[^1]));
            }
        }

        private static bool Follows(List<decimal> amounts, decimal balance) =>
            amounts[^1] != balance && amounts.SkipLast(1).Any(amount => Math.Abs(amount) == Math.Abs(amounts[^1] - balance));
    }

    [GeneratedRegex(@"^\s{0,6}(\d{1,2}[./-]\d{1,2}\.?|\d{1,2}\.?\s\p{L}{3,9}\.?|\p{L}{3}\.?\s\d{1,2})\s")]
    private static partial Regex ShortDate();
}
