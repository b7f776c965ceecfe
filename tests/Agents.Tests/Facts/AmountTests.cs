using System.Globalization;
using DocumentAgents.Facts;
using Xunit;

namespace Agents.Tests.Facts;

public class AmountTests
{
    [Theory]
    [InlineData("1.234,56", "1234.56")]
    [InlineData("1,234.56", "1234.56")]
    [InlineData("1 234,56", "1234.56")]
    [InlineData("1'234.50", "1234.50")]
    [InlineData("12,5", "12.5")]
    [InlineData("(45.00)", "-45.00")]
    [InlineData("45,00-", "-45.00")]
    [InlineData("-7.10", "-7.10")]
    [InlineData("1,234,567", "1234567")]
    [InlineData("0,750", "0.750")]
    [InlineData("980", "980")]
    public void Printed_NumbersOfManyCountries_AreRead(string text, string expected) =>
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), Amount.Printed(text));

    [Theory]
    [InlineData("1,234", ',', "1.234")]
    [InlineData("1,234", '.', "1234")]
    [InlineData("1.234", '.', "1.234")]
    public void Printed_ThreeDigitsBehindTheMark_FollowTheDocument(string text, char mark, string expected) =>
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), Amount.Printed(text, mark));

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("12.03.2024")]
    [InlineData("1.2.3")]
    [InlineData("12:30")]
    public void Printed_NoNumber_IsNull(string text) => Assert.Null(Amount.Printed(text));

    [Theory]
    [InlineData("Total 1.234,50 and 17,00", ',')]
    [InlineData("Total 1,234.50 and 17.00", '.')]
    [InlineData("nothing to see", null)]
    public void DecimalMark_MostNumbersDecide(string text, char? expected) => Assert.Equal(expected, Amount.DecimalMark(text));

    [Fact]
    public void Find_LineWithDateAndPercentage_TakesTheAmountOnly()
    {
        var amount = Assert.Single(PrintedAmounts.Find("14.03.2024 MwSt 19 % von 4.250,00", ','), found => found.Decimals == 2);

        Assert.Equal(4250m, amount.Value);
    }
}
