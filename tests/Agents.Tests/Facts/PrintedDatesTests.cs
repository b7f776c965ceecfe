using DocumentAgents.Facts;
using Xunit;

namespace Agents.Tests.Facts;

public class PrintedDatesTests
{
    [Theory]
    [InlineData("2024-03-14", "2024-03-14")]
    [InlineData("14.03.2024", "2024-03-14")]
    [InlineData("14/3/24", "2024-03-14")]
    [InlineData("14 March 2024", "2024-03-14")]
    [InlineData("March 14, 2024", "2024-03-14")]
    [InlineData("this 14th day of March, 2024", "2024-03-14")]
    [InlineData("14. März 2024", "2024-03-14")]
    [InlineData("14 mars 2024", "2024-03-14")]
    [InlineData("14 maart 2024", "2024-03-14")]
    [InlineData("14 de marzo de 2024", "2024-03-14")]
    [InlineData("14-MAR-2024", "2024-03-14")]
    [InlineData("August 3 , 2014", "2014-08-03")]
    [InlineData("2019. 04. 19.", "2019-04-19")]
    [InlineData("April. 1st 2019", "2019-04-01")]
    public void Find_ManyForms_GiveIso(string text, string expected) => Assert.Equal(expected, Assert.Single(PrintedDates.Find(text)).Iso);

    [Theory]
    [InlineData("31.02.2024")]
    [InlineData("2020. 1.6 Services")]
    [InlineData("10.0.0.1")]
    [InlineData("tel 030/12345")]
    public void Find_NoDate_IsEmpty(string text) => Assert.Empty(PrintedDates.Find(text));

    [Theory]
    [InlineData("03/20/2023", true)]
    [InlineData("20/03/2023", false)]
    [InlineData("Fremont CA 94538 on 03/04/2023", true)]
    [InlineData("€ 12,00 am 03/04/2023", false)]
    public void IsMonthFirst_FollowsTheDocument(string text, bool expected) => Assert.Equal(expected, PrintedDates.IsMonthFirst(text));
}
