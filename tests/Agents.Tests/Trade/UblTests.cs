using Agents.Tests.Documents;
using DocumentAgents.Facts;
using Xunit;

namespace Agents.Tests.Trade;

public class UblTests
{
    [Fact]
    public void Read_Invoice_GivesFieldsWithTheirPaths()
    {
        var extraction = Extracting.Accepted("i.xml", Ubl.Invoice());

        Assert.Equal("invoice", extraction.Type);
        Assert.Equal("R-1", extraction.Value(FieldName.Number));
        Assert.Equal(("100.00", "25.00", "125.00", "125.00"), (
            extraction.Value(FieldName.NetTotal), extraction.Value(FieldName.TaxTotal), extraction.Value(FieldName.GrossTotal),
            extraction.Value(FieldName.Payable)));
        Assert.Equal("/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount", extraction.Find(FieldName.Payable)!.Place.Value);
        Assert.Equal(["Sundby A/S"], extraction.Find(FieldName.Seller)!.Also);
        var line = Assert.Single(extraction.Lines);
        Assert.Equal((10m, 10m, "seller:A-1"), (line.Quantity, line.UnitPrice, line.Articles[0]));
    }

    [Fact]
    public void Read_SecondTaxTotalInAnotherCurrency_IsNotAdded() =>
        Assert.Equal("25.00",
            Extracting.Accepted("i.xml", Ubl.Invoice(extra: "<cac:TaxTotal><cbc:TaxAmount currencyID=\"SEK\">290.00</cbc:TaxAmount></cac:TaxTotal>")).Value(FieldName.TaxTotal));

    [Fact]
    public void Read_DialectThatWritesTaxForNet_HasNoNetTotal()
    {
        var extraction = Extracting.Accepted("i.xml", Ubl.Invoice(net: "25.00"));

        Assert.Null(extraction.Value(FieldName.NetTotal));
        Assert.Equal("125.00", extraction.Value(FieldName.GrossTotal));
    }

    [Theory]
    [InlineData("2024-02-30", "100.00", "is no date")]
    [InlineData("2024-02-28", "1OO.00", "is no amount")]
    public void Read_ImpossibleValue_IsRefusedWithItsPlace(string date, string net, string message)
    {
        var document = Extracting.From("i.xml", Ubl.Invoice(date: date, net: net));

        Assert.Equal("invalid_value", document.Failure!.Code);
        Assert.Contains(message, document.Failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("/Invoice/", document.Failure.Place!.Value, StringComparison.Ordinal);
        Assert.Equal("R-1", document.Extraction!.Value(FieldName.Number));
    }

    [Fact]
    public void Read_TotalsThatDoNotAddUp_AreSuspectedNotRefused()
    {
        var extraction = Extracting.Accepted("i.xml", Ubl.Invoice(gross: "130.00", payable: "130.00"));

        Assert.Contains(extraction.Anomalies, anomaly => anomaly.Code == "totals_differ");
    }

    [Fact]
    public void Read_KindWithoutSpecialist_IsOther() =>
        Assert.Equal("other",
            Extracting.Accepted("c.xml", Ubl.Invoice().Replace("Invoice-2", "Catalogue-2", StringComparison.Ordinal)
                .Replace("<Invoice ", "<Catalogue ", StringComparison.Ordinal)
                .Replace("</Invoice>", "</Catalogue>", StringComparison.Ordinal)).Type);
}
