using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DocumentAgents.Classification;
using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;
using DocumentAgents.Trade.Print;

namespace DocumentAgents.BankStatement;

/// <summary>
/// A statement as banks print it: labelled balances and account, and lines that begin with a date and end with an amount.
/// </summary>
internal static partial class PrintedStatement
{
    private static readonly string[] Accounts =
    [
        "iban", "share account", "savings account", "checking account", "current account", "privatkonto", "girokonto",
        "account number", "account no", "account nr", "a/c no", "account", "kontonummer", "konto-nr", "konto nr", "konto",
        "numero de compte", "compte n°", "compte", "rekeningnummer", "rekening", "kontonr", "numero de cuenta", "cuenta", "conto",
        "numero conto", "conta", "no. akaun", "numer rachunku", "nr rachunku", "rachunek", "cislo uctu", "szamlaszam",
        "bankszamlaszam", "tilinumero", "numar cont", "broj racuna",
    ];

    private static readonly string[] Numbers =
    [
        "statement number", "statement no", "statement nr", "auszug-nr", "auszug nr", "auszugsnummer", "kontoauszug nr", "releve n°",
        "releve n", "wyciag nr", "wyciag z rachunku nr", "vypis c", "vypis z uctu c", "kivonat szama", "kivonat sorszama",
        "kontoutdrag nr", "kontoudskrift nr", "afschriftnummer", "volgnummer", "volgnr", "utdrag nr", "extracto n", "estratto conto n",
    ];

    private const int Head = 40;

    /// <param name="listed">How many transactions are told by other means than print; 0 when none are.</param>
    public static Extraction Read(ImmutableArray<TextLine> lines, int listed = 0)
    {
        var page = Page.Of(lines);
        var fields = new FieldList();
        if (page.Rows.IsEmpty)
        {
            return fields.ToExtraction(DocumentType.BankStatement);
        }

        Add(fields, page, StatementField.Account, Accounts, Account);
        AddIban(fields, page);
        Add(fields, page, StatementField.StatementNumber, Numbers, text => text.Split(' ')[0] is { Length: > 0 } number
            && number.Any(char.IsAsciiDigit) ? number : null);
        AddTitledNumber(fields, page);
        var running = RunningBalance.Find(page);
        AddBalances(fields, page, running);
        if (CurrencyLabel.Find(page, isPriced: true) is var (currency, row))
        {
            fields.Add(FieldName.Currency, currency, row.Place, 0.8);
        }

        AddPeriod(fields, page);
        AddTransactions(fields, page, running, listed);
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
        // Banks hide all but the last figures: "XXXX-XXXX-1234".
        var known = number.Count(char.IsAsciiDigit);
        var isAccount = known >= 5 || (known >= 3 && known + number.Count(character => character is 'X' or 'x' or '*') >= 7);
        return !isAccount ? null : Iban.LooksLike(number) ? Iban.Compact(number) : number;
    }

    private static void AddIban(FieldList fields, Page page)
    {
        if (!fields.Has(StatementField.Account)
            && page.Rows.Take(Head).SelectMany(row => PrintedIban.Find(row.Text).Select(account => (Row: row, Account: account)))
                .FirstOrDefault() is { Row: not null } found)
        {
            fields.Add(StatementField.Account, found.Account, found.Row.Place, 0.8);
        }
    }

    // "Kontoauszug 4/2026", "Relevé de compte n° 5": a small number right behind what the statement calls itself.
    private static void AddTitledNumber(FieldList fields, Page page)
    {
        if (fields.Has(StatementField.StatementNumber))
        {
            return;
        }

        var titles = TitlePhrases.All.Where(group => group.Type == DocumentType.BankStatement).SelectMany(group => group.Phrases)
            .Where(phrase => phrase[0] != '*').OrderByDescending(phrase => phrase.Length).ToList();
        var hit = LabelSearch.Find(
            page, titles, text => SmallNumber().Match(text).Value is { Length: > 0 } number ? number : null, alone: true)
            .FirstOrDefault(found => found.Row.Index < Head && !found.IsBelow);
        if (hit is not null)
        {
            fields.Add(StatementField.StatementNumber, hit.Value, hit.Row.Place, 0.7);
        }
    }

    private static void AddBalances(FieldList fields, Page page, RunningBalance? running)
    {
        if (DatedBalances(page) is [var first, _, ..] balances)
        {
            AddBalance(fields, page, first, StatementField.OpeningBalance, StatementField.OpeningDate);
            AddBalance(fields, page, balances[^1], StatementField.ClosingBalance, StatementField.ClosingDate);
        }
        else
        {
            AddBalance(fields, page, BalanceLabels.Opening, StatementField.OpeningBalance, StatementField.OpeningDate);
            AddBalance(fields, page, BalanceLabels.Closing, StatementField.ClosingBalance, StatementField.ClosingDate);
        }

        if (running is not null && !fields.Has(StatementField.OpeningBalance))
        {
            fields.Add(StatementField.OpeningBalance, running.Opening, running.Rows[0].Row.Place, 0.75);
        }

        if (running is not null && !fields.Has(StatementField.ClosingBalance))
        {
            fields.Add(StatementField.ClosingBalance, running.Closing, running.Rows[^1].Row.Place, 0.75);
        }
    }

    // "Solde au 28/02/2026 … Solde au 31/03/2026": one label for both, the dates tell which is which.
    private static List<PageRow> DatedBalances(Page page) =>
        [.. page.Rows.Where(row => SameLabel().IsMatch(row.Folded) && page.Dates(row.Text).Count > 0 && Money(page, row.Text) is not null)
            .OrderBy(row => page.Dates(row.Text)[^1].Iso, StringComparer.Ordinal)];

    private static void AddBalance(FieldList fields, Page page, PageRow row, string name, string dateName)
    {
        fields.Add(name, Amount.Invariant(Money(page, row.Text)), row.Place, 0.85);
        fields.Add(dateName, page.Dates(row.Text)[^1].Iso, row.Place, 0.8);
    }

    private static void AddBalance(FieldList fields, Page page, IReadOnlyList<string> labels, string name, string dateName)
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

    // What the statement covers; balances without dates of their own are those of its first and last day.
    private static void AddPeriod(FieldList fields, Page page)
    {
        foreach (var row in page.Rows.Take(Head))
        {
            if (StatementPeriod.Find(page, row) is var (first, last))
            {
                fields.Add(StatementField.StartDate, first, row.Place, 0.85);
                fields.Add(StatementField.EndDate, last, row.Place, 0.85);
                AddDay(fields, StatementField.OpeningBalance, StatementField.OpeningDate, first, row);
                AddDay(fields, StatementField.ClosingBalance, StatementField.ClosingDate, last, row);
                return;
            }
        }
    }

    private static void AddDay(FieldList fields, string balance, string name, string day, PageRow row)
    {
        if (fields.Has(balance) && !fields.Has(name))
        {
            fields.Add(name, day, row.Place, 0.6);
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

    private static void AddTransactions(FieldList fields, Page page, RunningBalance? running, int listed)
    {
        List<PageRow> rows = running is null
            ? [.. page.Rows.Where(row => IsTransaction(page, row))]
            : [.. running.Rows.Select(row => row.Row)];
        rows = rows.Count > 0 ? rows : UnderDates(page);
        if (rows.Count > 0)
        {
            fields.Add(StatementField.TransactionCount, listed > 0 ? listed : rows.Count, rows[0].Place, 0.75);
        }
    }

    // A day may stand over what was booked on it.
    private static List<PageRow> UnderDates(Page page)
    {
        var rows = new List<PageRow>();
        var isUnder = false;
        foreach (var row in page.Rows)
        {
            if (page.Dates(row.Text) is [_])
            {
                isUnder = row.Text.Count(char.IsLetter) <= 16;
            }
            else if (row.Text.TrimEnd().EndsWith(':'))
            {
                isUnder = false;
            }
            else if (isUnder && IsBooked(page, row))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private static bool IsTransaction(Page page, PageRow row) => RunningBalance.IsDated(page, row) && IsBooked(page, row);

    private static bool IsBooked(Page page, PageRow row)
    {
        return page.Amounts(row.Text).Any(amount => amount.Decimals == 2)
            && LabelSearch.Match(row.Folded, BalanceLabels.Opening) is null && LabelSearch.Match(row.Folded, BalanceLabels.Closing) is null
                && !SameLabel().IsMatch(row.Folded) && row.Text.Count(char.IsLetter) >= 3;
    }

    [GeneratedRegex(@"^[A-Z]{0,2}[\dX*](?:[\dA-Z*X\s.\-/]|,\s(?=\d)){4,40}")]
    private static partial Regex AccountNumber();

    [GeneratedRegex(@"^\d{1,4}(?:\s?[/-]\s?\d{1,4})?(?=\s*$|\s{2,}|\s*[,;(])")]
    private static partial Regex SmallNumber();

    [GeneratedRegex(@"^(DR?|S|OD|debit|soll|-)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Debit();

    [GeneratedRegex(
        @"(?:^|\s)(?:solde|saldo|balance|kontostand|stand)\s+(?:crediteur\s+|debiteur\s+)?(?:au|al|am|on|per|a|em|op|pr\.?|zum|vom"
        + @"|dnia|at|as of)\s+(?=\d)")]
    private static partial Regex SameLabel();
}
