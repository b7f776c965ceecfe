using Agents.Tests.Documents;
using Xunit;

namespace Agents.Tests.Identity;

public class MrzTests
{
    private const string Passport = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n";

    [Fact]
    public void Read_Passport_GivesEveryField()
    {
        var extraction = Extracting.Accepted("p.txt", Passport);

        Assert.Equal("identity_document", extraction.Type);
        Assert.Equal(("TD3", "P", "UTO", "L898902C3"), (
            extraction.Value("format"), extraction.Value("document_code"), extraction.Value("issuing_state"), extraction.Value(
                "document_number")));
        Assert.Equal(("ERIKSSON", "ANNA MARIA", "740812", "120415"), (
            extraction.Value("surname"), extraction.Value("given_names"), extraction.Value("birth_date"), extraction.Value("expiry_date")));
        Assert.Equal("true", extraction.Value("checks_valid"));
        Assert.Empty(extraction.Anomalies);
    }

    [Theory]
    [InlineData("L898902C36", "L898902C37")]
    [InlineData("7408122F", "7408132F")]
    [InlineData("1204159", "1304159")]
    public void Read_OneDigitChanged_IsSuspected(string original, string changed)
    {
        var extraction = Extracting.Accepted("p.txt", Passport.Replace(original, changed, StringComparison.Ordinal));

        Assert.Equal("false", extraction.Value("checks_valid"));
        Assert.Equal("check_digits", Assert.Single(extraction.Anomalies).Code);
    }

    [Fact]
    public void Read_LongNumberOfACard_GoesOnInTheOptionalData()
    {
        var extraction = Extracting.Accepted(
            "c.txt", "I<PRT007777779<ZZ92<<<<<<<<<<<\n8303143M3405282PRT<<<<<<<<<<<2\nCACADOR<DE<ARAUJO<<ANDRE<ESTEV\n");

        Assert.Equal("007777779ZZ9", extraction.Value("document_number"));
        Assert.Equal("CACADOR DE ARAUJO", extraction.Value("surname"));
    }
}
