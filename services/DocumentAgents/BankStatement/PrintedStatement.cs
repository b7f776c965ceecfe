using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.BankStatement;

/// <summary>A statement as banks print it: labelled balances and account, and lines that begin with a date and end with an amount.</summary>
internal static partial class PrintedStatement
{
    private static readonly string[] Accounts =
        ["iban", "account number", "account no", "account nr", "a/c no", "account", "kontonummer", "konto-nr", "konto nr", "konto", "numero de compte", "compte n°", "compte", "rekeningnummer", "rekening", "kontonr", "numero de cuenta", "cuenta", "conto", "numero conto", "conta", "no. akaun"];

    private static readonly string[] Opening =
        ["opening balance", "beginning balance", "previous balance", "balance brought forward", "starting balance", "balance forward", "anfangssaldo", "alter kontostand", "alter saldo", "ancien solde", "solde initial", "solde precedent", "beginsaldo", "vorig saldo", "oud saldo", "ingaende saldo", "inngaende saldo", "primosaldo", "startsaldo", "saldo anterior", "saldo inicial", "saldo iniziale", "baki awal"];

    private static readonly string[] Closing =
        ["closing balance", "ending balance", "new balance", "balance carried forward", "final balance", "current balance", "endsaldo", "neuer kontostand", "neuer saldo", "kontostand", "nouveau solde", "solde final", "solde au", "eindsaldo", "nieuw saldo", "utgaende saldo", "slutsaldo", "ultimosaldo", "saldo final", "saldo actual", "saldo finale", "baki akhir"];

    private static readonly string[] Numbers = ["statement number", "statement no", "statement nr", "auszug-nr", "auszug nr", "auszugsnummer", "kontoauszug nr", "releve n°", "releve n", "afschriftnummer", "volgnummer", "utdrag nr", "extracto n", "estratto conto n"];

    public static Extraction Read(ImmutableArray<TextLine> lines)
    {
        var page = Page.Of(lines);
        var fields = new FieldList();
        if (page.Rows.IsEmpty)
        {
            return fields.ToExtraction(DocumentType.BankStatement);
        }

        Add(fields, page, StatementField.Account, Accounts, Account);
        Add(fields, page, StatementField.StatementNumber, Numbers, text => text.Split(' ')[0] is { Length: > 0 } number && number.Any(char.IsAsciiDigit) ? number : null);
        AddBalance(fields, page, Opening, StatementField.OpeningBalance, StatementField.OpeningDate);
        AddBalance(fields, page, Closing, StatementField.ClosingBalance, StatementField.ClosingDate);
        fields.Add(FieldName.Currency, Currencies.Dominant(page.Text), page.Rows[0].Place, 0.8);
        AddTransactions(fields, page);
        return fields.ToExtraction(DocumentType.BankStatement);
    }

    private static void Add(FieldList fields, Page page, string name, string[] labels, Func<string, string?> read)
    {
        if (LabelSearch.Best(page, labels, read) is { } hit)
        {
            fields.Add(name, hit.Value, hit.Row.Place, 0.5 + (0.4 * hit.Score));
        }
    }

    private static string? Account(string text)
    {
        var number = AccountNumber().Match(text).Value.Trim();
        return number.Count(char.IsAsciiDigit) >= 5 ? Iban.LooksLike(number) ? Iban.Compact(number) : number : null;
    }

    private static void AddBalance(FieldList fields, Page page, string[] labels, string name, string dateName)
    {
        if (LabelSearch.Best(page, labels, text => Money(page, text)) is not { } hit)
        {
            return;
        }

        fields.Add(name, Amount.Invariant(hit.Value), hit.Row.Place, 0.55 + (0.4 * hit.Score));
        if (page.Dates(hit.Row.Text) is [var date, ..])
        {
            fields.Add(dateName, date.Iso, hit.Row.Place, 0.8);
        }
    }

    private static string? Money(Page page, string text)
    {
        var amounts = page.Amounts(text).Where(amount => amount.Decimals == 2 || amount.Currency is not null).ToList();
        if (amounts.Count == 0)
        {
            return null;
        }

        var amount = amounts[^1];
        var after = text[Math.Min(text.Length, amount.End)..].TrimStart();
        var debit = Debit().IsMatch(after);
        return Amount.Text(debit ? -Math.Abs(amount.Value) : amount.Value);
    }

    private static void AddTransactions(FieldList fields, Page page)
    {
        var rows = page.Rows.Where(row => IsTransaction(page, row)).ToList();
        if (rows.Count > 0)
        {
            fields.Add(StatementField.TransactionCount, rows.Count, rows[0].Place, 0.75);
        }
    }

    private static bool IsTransaction(Page page, PageRow row)
    {
        var begins = page.Dates(row.Text) is [{ Start: <= 4 }, ..] || ShortDate().IsMatch(row.Text);
        return begins && page.Amounts(row.Text).Any(amount => amount.Decimals == 2)
            && LabelSearch.Match(row.Folded, Opening) is null && LabelSearch.Match(row.Folded, Closing) is null && row.Text.Count(char.IsLetter) >= 3;
    }

    [GeneratedRegex(@"^[A-Z]{0,2}[\dX*][\dA-Z*X\s.\-/]{4,40}")]
    private static partial Regex AccountNumber();

    [GeneratedRegex(@"^(DR?|S|OD|debit|soll|-)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Debit();

    [GeneratedRegex(@"^\s{0,6}(\d{1,2}[./-]\d{1,2}\.?|\d{1,2}\s\p{L}{3}|\p{L}{3}\s\d{1,2})\s")]
    private static partial Regex ShortDate();
}
