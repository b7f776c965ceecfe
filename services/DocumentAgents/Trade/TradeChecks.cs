using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Trade;

/// <summary>
/// Arithmetic and order of dates inside one business document. What does not fit is for a person to look at; it is not refused.
/// </summary>
internal static class TradeChecks
{
    private static readonly Place Whole = new("document", "");

    public static void Run(FieldList fields, string type, IReadOnlyList<LineItem> lines)
    {
        CheckTotals(fields);
        CheckLines(fields, lines);
        if (type != DocumentType.Reminder)
        {
            // One is written because the date has passed.
            CheckDates(fields);
        }

        CheckAccounts(fields);
    }

    private static void CheckTotals(FieldList fields)
    {
        var gross = fields.Number(FieldName.GrossTotal);
        if (fields.Number(FieldName.NetTotal) is { } net && gross is { } total)
        {
            var expected = net + (fields.Number(FieldName.TaxTotal) ?? 0);
            if (!Near(expected, total) && !Near(expected + (fields.Number(FieldName.Rounding) ?? 0), total))
            {
                fields.Suspect("totals_differ", $"Net total and tax are {expected}, the gross total is {total}.", Whole);
            }
        }

        if (gross is { } sum && fields.Number(FieldName.Payable) is { } payable)
        {
            var expected = sum - (fields.Number(FieldName.Prepaid) ?? 0) + (fields.Number(FieldName.Rounding) ?? 0);
            if (Math.Abs(expected - payable) > 1)
            {
                fields.Suspect("payable_differs", $"The payable amount is {payable}, the totals give {expected}.", Whole);
            }
        }
    }

    private static void CheckLines(FieldList fields, IReadOnlyList<LineItem> lines)
    {
        foreach (var line in lines)
        {
            if (line is { Quantity: { } quantity, UnitPrice: { } price, Amount: { } amount } && quantity * price != 0
                && !Near(quantity * price, amount))
            {
                fields.Suspect("line_differs", $"Line {line.Id}: {quantity} at {price} is not {amount}.", line.Place);
            }
        }

        var sum = lines.Sum(line => line.Amount ?? 0);
        if (lines.Count > 0 && lines.All(line => line.Amount is not null)
            && fields.Number(FieldName.LineExtensionTotal) is { } stated && !Near(sum, stated))
        {
            fields.Suspect("lines_differ_from_total", $"The lines are {sum} together, their total is stated as {stated}.", Whole);
        }
    }

    private static void CheckDates(FieldList fields)
    {
        if (fields.Value(FieldName.IssueDate) is { } issued && fields.Value(FieldName.DueDate) is { } due
            && string.CompareOrdinal(due, issued) < 0)
        {
            fields.Suspect("due_before_issue", $"Due on {due}, before the issue date {issued}.", Whole);
        }
    }

    private static void CheckAccounts(FieldList fields)
    {
        foreach (var account in fields.Values(FieldName.PayeeAccount))
        {
            if (Iban.LooksLike(account) && !Iban.IsValid(account))
            {
                fields.Suspect("account_check_digits", $"The check digits of the account {account} are wrong.", Whole);
            }
        }
    }

    private static bool Near(decimal one, decimal other) => Math.Abs(one - other) <= Math.Max(0.02m, Math.Abs(other) * 0.0005m);
}
