using DocumentAgents.Facts;
using Xunit;

namespace Agents.Tests.Facts;

public class IbanTests
{
    [Theory]
    [InlineData("DE89 3704 0044 0532 0130 00", true)]
    [InlineData("GB82WEST12345698765432", true)]
    [InlineData("NL91 ABNA 0417 1643 00", true)]
    [InlineData("DE89 3704 0044 0532 0130 01", false)]
    [InlineData("DE00", false)]
    public void IsValid_ChecksTheDigits(string account, bool valid) => Assert.Equal(valid, Iban.IsValid(account));
}
