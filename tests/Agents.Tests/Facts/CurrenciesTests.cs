using DocumentAgents.Facts;
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
    public void Dominant_SignOrWord_GivesTheCode(string text, string? expected) => Assert.Equal(expected, Currencies.Dominant(text));
}
