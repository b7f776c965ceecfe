using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.BankStatement;

/// <summary>
/// Opening balance and transactions must give the closing balance. Samples and excerpts often do not, so it is for a person to look at.
/// </summary>
internal static class BalanceCheck
{
    public static void Run(FieldList fields, decimal? transactions, Place place)
    {
        if (fields.Number(StatementField.OpeningBalance) is { } opening && fields.Number(StatementField.ClosingBalance) is { } closing
            && transactions is { } sum && opening + sum != closing)
        {
            fields.Suspect("balance_differs", $"{opening} and transactions of {sum} do not give {closing}.", place);
        }
    }
}
