using System.Text;
using Agents.Tests.Documents;
using DocumentAgents.Processing;
using Xunit;

namespace Agents.Tests.BankStatement;

public class BankStatementTests
{
    private const string Mt940 = """
        :20:STMT1
        :25:NL20INGB0001234567
        :28C:12/1
        :60F:C240301EUR100,00
        :61:2403020302D30,50NTRFNONREF
        :86:Groceries
        :61:2403030303C10,00NTRFNONREF
        :86:Refund
        :62F:C240303EUR79,50
        -
        """;

    [Fact]
    public void Read_Mt940_GivesBalancesAndCount()
    {
        var extraction = Extracting.Accepted("a.sta", Mt940);

        Assert.Equal("bank_statement", extraction.Type);
        Assert.Equal(("NL20INGB0001234567", "100.00", "79.50", "2"), (
            extraction.Value("account"), extraction.Value("opening_balance"), extraction.Value("closing_balance"), extraction.Value(
                "transaction_count")));
        Assert.Empty(extraction.Anomalies);
    }

    [Fact]
    public void Read_Mt940ThatDoesNotAddUp_IsSuspected() =>
        Assert.Equal("balance_differs",
            Assert.Single(Extracting.Accepted("a.sta", Mt940.Replace("EUR79,50", "EUR89,50", StringComparison.Ordinal)).Anomalies).Code);

    [Fact]
    public void Read_Mt940WithImpossibleDate_IsRefused() =>
        Assert.Equal("invalid_value",
            Extracting.From("a.sta", Mt940.Replace(":62F:C240303", ":62F:C241303", StringComparison.Ordinal)).Failure!.Code);

    [Fact]
    public void Read_Mt940InAnOldCodePage_IsRead()
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes(Mt940.Replace("Refund", "R#kuld", StringComparison.Ordinal))
            .Select(value => value == '#' ? (byte)0x81 : value)];

        var document = DocumentProcessor.Process("a.sta", bytes, TestContext.Current.CancellationToken);

        Assert.Equal("2", document.Extraction!.Value("transaction_count"));
    }

    [Fact]
    public void Read_CamtWithTwoStatements_GivesEachItsSection()
    {
        const string Statement = """
            <Stmt><Id>S-{0}</Id><Acct><Id><IBAN>CH2801234000123456789</IBAN></Id><Ccy>CHF</Ccy></Acct>
            <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="CHF">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Dt><Dt>2024-01-01</Dt></Dt></Bal>
            <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="CHF">7.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2024-01-02</Dt></Dt></Bal>
            <Ntry><Amt Ccy="CHF">12.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Ntry></Stmt>
            """;
        var xml = $"<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>{Statement.Replace("{0}", "1", StringComparison.Ordinal)}{Statement.Replace("{0}", "2", StringComparison.Ordinal)}</BkToCstmrStmt></Document>";

        var extraction = Extracting.Accepted("a.xml", xml);

        Assert.Equal(["statements[0]", "statements[1]"], extraction.Fields.Select(field => field.Section).OfType<string>().Distinct());
        Assert.Equal(["-5.00", "-5.00"], extraction.All("opening_balance").Select(field => field.Value));
        Assert.Empty(extraction.Anomalies);
    }

    [Theory]
    [InlineData("Date,Description,Amount\n2024-01-02,Rent,-500.00\n2024-01-03,Salary,900.00\n", "2")]
    [InlineData("Buchungstag;Empfänger;Verwendungszweck;Betrag;Währung\n02.01.2024;Stadtwerke;Abschlag;-45,10;EUR\n03.01.2024;Amt;Erstattung;12,00;EUR\n04.01.2024;Kino;Karten;-22,00;EUR\n", "3")]
    public void Read_CsvOfTransactions_CountsThem(string csv, string count)
    {
        var extraction = Extracting.Accepted("a.csv", csv);

        Assert.Equal(("bank_statement", count), (extraction.Type, extraction.Value("transaction_count")));
    }

    [Theory]
    [InlineData("Order date,Item,Quantity,Unit price,Total\n2024-01-02,Pens,3,1.50,4.50\n2024-01-03,Ink,1,9.00,9.00\n")]
    [InlineData("Id,Name,Joined\n1,Ada,2020-01-02\n2,Ben,2021-03-04\n")]
    public void Read_OtherCsv_IsNoStatement(string csv) => Assert.NotEqual("bank_statement", Extracting.Accepted("a.csv", csv).Type);

    [Fact]
    public void Read_CellsThatLookLikeFormulas_StayText()
    {
        var extraction = Extracting.Accepted("a.csv", "Date,Description,Amount\n2020-01-02,\"=1+1\",-5.00\n2020-01-03,\"@SUM(1)\",7.50\n");

        Assert.Equal("2", extraction.Value("transaction_count"));
        Assert.All(extraction.Fields, field => Assert.DoesNotContain("=", field.Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Date,Description,Debit,Credit,Balance\n2026-04-01,Brought forward,,,4211.07\n2026-04-02,RENT,1150.00,,3061.07\n2026-04-08,BOOKS,,4252.00,7313.07\n", "2", "4211.07", "7313.07")]
    [InlineData("Date;Libellé;Montant\n01/04/2026;Solde initial;1 200,00\n03/04/2026;LOYER;-800,00\n10/04/2026;VIREMENT;1 500,00\n30/04/2026;Solde final;1 900,00\n", "2", "1200.00", "1900.00")]
    [InlineData("Date,Description,Amount,Balance\n2026-04-30,Interest,2.00,2702.00\n2026-04-14,Rent,-800.00,2700.00\n2026-04-02,Invoice 5,1500.00,3500.00\n", "3", "2000.00", "2702.00")]
    public void Read_CsvWithBalances_CountsTransactionsOnly(string csv, string count, string opening, string closing)
    {
        var extraction = Extracting.Accepted("a.csv", csv);

        Assert.Equal((count, opening, closing), (
            extraction.Value("transaction_count"), extraction.Value("opening_balance"), extraction.Value("closing_balance")));
        Assert.Empty(extraction.Anomalies);
    }

    [Fact]
    public void Read_CsvThatDoesNotAddUp_IsSuspected()
    {
        var extraction = Extracting.Accepted(
            "a.csv", "Date;Libellé;Montant\n01/04/2026;Solde initial;1 200,00\n03/04/2026;LOYER;-800,00\n30/04/2026;Solde final;500,00\n");

        Assert.Equal("balance_differs", Assert.Single(extraction.Anomalies).Code);
    }

    // The order of day and month is told by a day above 12, else by the order of the entries, else not at all.
    [Theory]
    [InlineData("04/01/2026 05/02/2026 03/03/2026", "2026-01-04", "2026-03-03")]
    [InlineData("03/03/2026 05/02/2026 04/01/2026", "2026-01-04", "2026-03-03")]
    [InlineData("04/01/2026 04/12/2026 05/03/2026", "2026-04-01", "2026-05-03")]
    [InlineData("04/01'26 04/18'26", "2026-04-01", "2026-04-18")]
    [InlineData("18/04/2026 02/05/2026", "2026-04-18", "2026-05-02")]
    [InlineData("04.01.2026 05.02.2026", "2026-01-04", "2026-02-05")]
    [InlineData("04/04/2026 05/05/2026", "2026-04-04", "2026-05-05")]
    [InlineData("04/01/2026 05/02/2026", null, null)]
    [InlineData("04/01/2026 02/02/2026 03/05/2026 01/01/2026", null, null)]
    public void Read_QifDays_GiveThePeriodWhereTheirOrderIsTold(string days, string? start, string? end)
    {
        var entries = days.Split(' ').Select(day => $"D{day}\nT-10.00\nPShop\n^\n");

        var extraction = Extracting.Accepted("a.qif", "!Type:Bank\n" + string.Concat(entries));

        Assert.Equal((start, end), (extraction.Value("start_date"), extraction.Value("end_date")));
    }
}
