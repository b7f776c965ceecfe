using Agents.Tests.Documents;
using DocumentAgents.Facts;
using DocumentAgents.Reading;
using Xunit;

namespace Agents.Tests.Facts;

public class CurrenciesTests
{
    [Theory]
    [InlineData("Total RM 14.10", "MYR")]
    [InlineData("Total 14,10 €", "EUR")]
    [InlineData("Total $14.10", "USD")]
    [InlineData("Amount in AUD, total $14.10", "AUD")]
    [InlineData("Summa EUR     12,00", "EUR")]
    [InlineData("TOTAL(MYR)\n72.00", "MYR")]
    [InlineData("EXPRINT SDN BHD\n12.00", null)]
    [InlineData("I alt 100 kr, CVR 12345678", "DKK")]
    [InlineData("Sum 100 kr, org.nr 987 654 321 MVA", "NOK")]
    public void Dominant_SignOrWord_GivesTheCode(string text, string? expected) => Assert.Equal(expected, Currencies.Dominant(text)?.Code);

    [Theory]
    [InlineData("Subtotal GBP     432.00\nVAT 20%     86.40\nTotal due GBP     518.40", 13)]
    [InlineData("Subtotal     432.00\nVAT 20%     86.40\nTotal due     £518.40", 15)]
    [InlineData("Subtotal     432.00\nVAT 20%     86.40\nTotal due     518.40\nIBAN GB29 NWBK 6016 1331 9268 19", 16)]
    [InlineData("Subtotal     432.00\nVAT 20%     86.40\nTotal due     518.40\nSort code 60-16-13", 16)]
    public void Read_PrintedInvoice_PlacesTheCurrencyWhereItIsTold(string sums, int line) => AssertPlace(
        "invoice", "GBP", line,
        $"""
        Cotswold Crockery Ltd
        4 Kiln Yard, Stroud GL5 1AA

        INVOICE

        Invoice no.: CCI-7788
        Invoice date: 20/03/2026

        Bill to: Blue Heron Cafe Ltd

        Item     Description            Qty   Unit price   Amount
        CC-100   Mug 300 ml, white       96        4.50     432.00
        {sums}
        """);

    [Fact]
    public void Read_PrintedReceipt_PlacesTheCurrencyWhereItIsTold() => AssertPlace(
        "receipt", "MYR", 9,
        """
        KEDAI RUNCIT MAJU SDN BHD
        12 JALAN BESAR, 50000 KUALA LUMPUR

        TAX INVOICE
        DATE: 05/06/2018 12:01

        RICE 5KG      22.50
        EGGS          11.00
        TOTAL      RM 33.50
        CASH          40.00
        CHANGE         6.50
        THANK YOU
        """);

    private static void AssertPlace(string type, string code, int line, string text)
    {
        var document = Extracting.From("printed.txt", text);
        var currency = Assert.Single(document.Extraction!.Fields, field => field.Name == FieldName.Currency);
        Assert.Equal((type, code, Place.Line(line)), (document.Type, currency.Value, currency.Place));
    }
}
