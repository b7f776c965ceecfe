using DocumentAgents.Facts;
using DocumentAgents.Generic;
using DocumentAgents.Reading;
using Xunit;

namespace Agents.Tests.Generic;

/// <summary>Day of a document, and whether a form is filled in (DOC-04).</summary>
public class PlainFactsTests
{
    [Theory]
    [InlineData("Schadenmeldung vom 12.03.2026")]
    [InlineData("Schadenmeldung: 12.03.2026")]
    [InlineData("Incident report, date: 2026-03-12")]
    [InlineData("Incident report date: 2026-03-12")]
    [InlineData("Accident report of 12 March 2026")]
    [InlineData("Unfallbericht, Datum: 12.03.2026")]
    [InlineData("Start-up meeting, Berlin, 12 March 2026")]
    [InlineData("Loss Adjusters Department, 12 March 2026")]
    [InlineData("Due diligence report of 12 March 2026")]
    [InlineData("Birth certificates office, date: 12 March 2026")]
    [InlineData("Date of loss: 10.03.2026\nDate: 12.03.2026")]
    public void Date_DayBesideAWordForOtherDays_IsOfTheDocument(string text) => Assert.Equal("2026-03-12", Date(text));

    [Theory]
    [InlineData("Date of birth: 10.03.1980")]
    [InlineData("geboren in Berlin am 10.03.1980")]
    [InlineData("Geburtsdatum/-ort: 10.03.1980 Kiel")]
    [InlineData("Schadentag: 10.03.2026")]
    [InlineData("Datum des Unfalls: 10.03.2026")]
    [InlineData("Unfall am 10.03.2026")]
    [InlineData("Date and time of the accident: 10.03.2026 14:30")]
    [InlineData("Accident date (dd.mm.yyyy): 10.03.2026")]
    [InlineData("Dato for skaden: 10.03.2026")]
    [InlineData("Start of employment: 10.03.2026")]
    [InlineData("Beginn der Versicherung: 10.03.2026")]
    [InlineData("Expiry date\t10.03.2026")]
    [InlineData("Valid until 10.03.2026")]
    [InlineData("Due date: 10.03.2026")]
    public void Date_DayUnderTheLabelOfAnother_IsNone(string text) => Assert.Null(Date(text));

    private const string TwoColumns = """
        APPLICATION FORM - SPORTS CLUB
        First name          Last name
        Street              Town
        Phone               E-mail
        Sport               Team
        Signature ______________________
        """;

    private const string Answered = """
        APPLICATION FORM - SPORTS CLUB
        First name          Karl
        Last name           Kessler
        Town                Kiel
        Sport               Tennis
        Signature ______________________
        """;

    private const string Notices = """
        APPLICATION FORM - PARKING PERMIT
        Note: please write in capitals
        Office: Town hall, room 12
        Hours: Monday to Friday, 9 to 12
        Fee: 30 EUR a year
        Return to: the registrar
        Name ______________________
        Plate ______________________
        Date of birth __________________
        Signature __________________
        """;

    private const string OneLeftOut = """
        APPLICATION FORM - PARKING PERMIT
        Name: Karl Kessler
        Street: Uferweg 2
        Town: Kiel
        Plate: KI-AB 12
        Fax: ____________
        Signature: __________________
        """;

    [Theory]
    [InlineData(TwoColumns, "false")]
    [InlineData(Answered, "true")]
    [InlineData(Notices, "false")]
    [InlineData(OneLeftOut, "true")]
    public void Filled_Form_IsWhatSomebodyWroteIn(string text, string filled) =>
        Assert.Equal(filled, Read(text, DocumentType.Form).Value("filled"));

    private static string? Date(string text) => Read(text, DocumentType.Other).Value("date");

    private static Extraction Read(string text, string type) => PlainFacts.Read(
        new DocumentContent
        {
            Format = DocumentFormat.Text,
            MediaType = "text/plain",
            Lines = [.. text.Split('\n').Select((line, index) => new TextLine(line, Place.Line(index + 1)))],
        },
        type);
}
