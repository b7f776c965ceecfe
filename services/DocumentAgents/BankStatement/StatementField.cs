namespace DocumentAgents.BankStatement;

/// <summary>Names of the fields of a bank statement.</summary>
internal static class StatementField
{
    public const string Account = "account";
    public const string BankId = "bank_id";
    public const string AccountType = "account_type";
    public const string Reference = "reference";
    public const string StatementNumber = "statement_number";
    public const string Message = "message";
    public const string OpeningBalance = "opening_balance";
    public const string OpeningDate = "opening_date";
    public const string ClosingBalance = "closing_balance";
    public const string ClosingDate = "closing_date";
    public const string StartDate = "start_date";
    public const string EndDate = "end_date";
    public const string TransactionCount = "transaction_count";
}
