using System.Xml.Linq;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.BankStatement;

/// <summary>ISO 20022 camt.052, camt.053 and camt.054.</summary>
internal static class CamtStatements
{
    private static readonly string[] Opening = ["OPBD", "PRCD", "OPAV", "ITBD"];
    private static readonly string[] Closing = ["CLBD", "ITBD", "CLAV"];

    public static Extraction Read(XElement root)
    {
        var fields = new FieldList();
        var message = root.Elements().FirstOrDefault();
        var statements = message?.Elements().Where(element => element.Name.LocalName is "Stmt" or "Rpt" or "Ntfctn").ToList() ?? [];
        if (statements.Count == 0)
        {
            fields.Impossible("The message holds no statement.", (message ?? root).Place());
        }

        StatementSections.ForEach(fields, statements, statement => Add(fields, message!, statement));
        if (!fields.Has(StatementField.Message))
        {
            fields.Add(StatementField.Message, message?.Name.LocalName, (message ?? root).Place(), 0.99);
        }

        return fields.ToExtraction(DocumentType.BankStatement);
    }

    private static void Add(FieldList fields, XElement message, XElement statement)
    {
        fields.Add(StatementField.Message, message.Name.LocalName, message.Place(), 0.99);
        fields.AddText(StatementField.StatementNumber, statement.Child("Id"));
        var account = statement.Child("Acct");
        fields.AddText(StatementField.Account, account.Child("Id", "IBAN") ?? account.Child("Id", "Othr", "Id"));
        var balances = statement.Children("Bal").ToList();
        AddCurrency(fields, account, balances);
        var opening = Find(balances, Opening);
        AddBalance(fields, opening, StatementField.OpeningBalance, StatementField.OpeningDate);
        AddBalance(fields, Find(balances.Where(balance => balance != opening), Closing), StatementField.ClosingBalance,
            StatementField.ClosingDate);
        AddEntries(fields, statement);
    }

    private static void AddCurrency(FieldList fields, XElement? account, List<XElement> balances)
    {
        if (account.Child("Ccy") is { } code)
        {
            fields.AddText(FieldName.Currency, code);
        }
        else if (balances.Select(balance => balance.Child("Amt")?.Attribute("Ccy"))
            .FirstOrDefault(stated => stated is not null) is { } stated)
        {
            fields.Add(FieldName.Currency, stated.Value, Place.XPath(stated), 0.97);
        }
    }

    private static XElement? Find(IEnumerable<XElement> balances, string[] codes)
    {
        var all = balances.ToList();
        return codes.Select(code => all.FirstOrDefault(balance => balance.Child("Tp", "CdOrPrtry", "Cd").Text() == code))
            .FirstOrDefault(found => found is not null);
    }

    private static void AddBalance(FieldList fields, XElement? balance, string name, string dateName)
    {
        if (fields.ReadAmount(balance.Child("Amt")) is { } amount)
        {
            fields.Add(name, balance.Child("CdtDbtInd").Text() == "DBIT" ? -amount : amount, balance!.Place(), 0.99);
        }

        fields.AddDate(dateName, balance.Child("Dt", "Dt") ?? balance.Child("Dt", "DtTm"));
    }

    private static void AddEntries(FieldList fields, XElement statement)
    {
        var entries = statement.Children("Ntry").ToList();
        fields.Add(StatementField.TransactionCount, entries.Count, statement.Place(), 0.99);
        decimal? sum = 0;
        foreach (var entry in entries)
        {
            var amount = fields.ReadAmount(entry.Child("Amt"));
            sum += entry.Child("CdtDbtInd").Text() == "DBIT" ? -amount : amount;
            CheckDate(fields, entry.Child("BookgDt", "Dt") ?? entry.Child("BookgDt", "DtTm"));
        }

        BalanceCheck.Run(fields, sum, statement.Place());
    }

    private static void CheckDate(FieldList fields, XElement? date)
    {
        if (date.Text() is { } text && IsoDate.FromXml(text) is null)
        {
            fields.Impossible($"'{text}' is no date.", date!.Place());
        }
    }
}
