using Agents.Tests.Documents;
using Xunit;

namespace Agents.Tests.Trade;

public class SumTextTests
{
    [Theory]
    [InlineData("Rechnungsbetrag: 100,00 EUR zzgl. MwSt 19,00 EUR = 119,00 EUR", "100.00", "119.00")]
    [InlineData("Angebotssumme netto: 100,00 EUR, steuerfrei. Lieferung in 4 Wochen", "100.00", null)]
    public void Sum_SentenceBehindIt_IsCutOffAndAnAbbreviationIsNoEnd(string row, string net, string? gross)
    {
        var read = Extracting.Accepted("invoice.txt", $"""
            Muster Handel GmbH
            Rechnung Nr. R-2026-17
            Datum: 12.03.2026
            Kunde: Kessler KG

            Pos  Bezeichnung      Menge  Einzelpreis  Gesamt
            1    Schrauben M4     100    1,00         100,00

            {row}
            """);

        Assert.Equal((net, gross ?? read.Value("gross_total")), (read.Value("net_total"), read.Value("gross_total")));
    }
}
