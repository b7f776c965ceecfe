using System.Xml.Linq;
using DocumentAgents.Facts;

namespace DocumentAgents.BankStatement;

/// <summary>OFX 1.x and 2.x: bank accounts, credit cards and investment accounts.</summary>
internal static class OfxStatements
{
    public static Extraction Read(XElement root)
    {
        var fields = new FieldList();
        var statements = root.Descendants().Where(element => element.Name.LocalName is "STMTRS" or "CCSTMTRS" or "INVSTMTRS").ToList();
        if (statements.Count == 0)
        {
            fields.Impossible("The file holds no statement.", root.Place());
        }

        StatementSections.ForEach(fields, statements, statement => Add(fields, statement));
        return fields.ToExtraction(DocumentType.BankStatement);
    }

    private static void Add(FieldList fields, XElement statement)
    {
        var account = statement.Elements()
            .FirstOrDefault(element => element.Name.LocalName is "BANKACCTFROM" or "CCACCTFROM" or "INVACCTFROM");
        fields.AddText(StatementField.Account, account.Child("ACCTID"));
        fields.AddText(StatementField.BankId, account.Child("BANKID") ?? account.Child("BROKERID"));
        fields.AddText(StatementField.AccountType, account.Child("ACCTTYPE"));
        fields.AddText(FieldName.Currency, statement.Child("CURDEF"));
        var list = statement.Child("BANKTRANLIST") ?? statement.Child("INVTRANLIST");
        // A list without an end tag leaves its members to the statement.
        AddDate(fields, StatementField.StartDate, list.Child("DTSTART") ?? statement.Child("DTSTART"));
        AddDate(fields, StatementField.EndDate, list.Child("DTEND") ?? statement.Child("DTEND"));
        var transactions = statement.Named("STMTTRN").ToList();
        fields.Add(StatementField.TransactionCount, transactions.Count, statement.Place(), 0.99);
        foreach (var transaction in transactions)
        {
            Check(fields, transaction);
        }

        AddAmount(fields, StatementField.ClosingBalance, statement.Child("LEDGERBAL", "BALAMT"));
        AddDate(fields, StatementField.ClosingDate, statement.Child("LEDGERBAL", "DTASOF"));
    }

    private static void Check(FieldList fields, XElement transaction)
    {
        if (transaction.Child("DTPOSTED") is { } posted && IsoDate.FromDigits(DayOf(posted)) is null)
        {
            fields.Impossible($"'{posted.Value.Trim()}' is no date.", posted.Place());
        }

        if (transaction.Child("TRNAMT") is { } amount && Number(amount) is null)
        {
            fields.Impossible($"'{amount.Value.Trim()}' is no amount.", amount.Place());
        }
    }

    private static void AddDate(FieldList fields, string name, XElement? element)
    {
        if (element.Text() is not { } text)
        {
            return;
        }

        if (IsoDate.FromDigits(DayOf(element!)) is { } date)
        {
            fields.Add(name, date, element!.Place(), 0.99);
        }
        else
        {
            fields.Impossible($"'{text}' is no date.", element!.Place());
        }
    }

    private static void AddAmount(FieldList fields, string name, XElement? element)
    {
        if (element.Text() is not { } text)
        {
            return;
        }

        if (Number(element!) is { } amount)
        {
            fields.Add(name, amount, element!.Place(), 0.99);
        }
        else
        {
            fields.Impossible($"'{text}' is no amount.", element!.Place());
        }
    }

    // 20090523122017.000[-5:EST]
    private static string DayOf(XElement element)
    {
        var text = element.Value.Trim();
        return text.Length > 8 ? text[..8] : text;
    }

    // A decimal comma is allowed.
    private static decimal? Number(XElement element) => Amount.Invariant(element.Value.Replace(',', '.'));
}
