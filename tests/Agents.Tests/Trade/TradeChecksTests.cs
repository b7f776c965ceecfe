using Agents.Tests.Documents;
using Xunit;

namespace Agents.Tests.Trade;

public class TradeChecksTests
{
    [Theory]
    [InlineData("INVOICE", "Invoice number", true)]
    [InlineData("PAYMENT REMINDER", "Reminder number", false)]
    public void Dates_DueBeforeIssue_AreStrangeOnWhatAsksForTheFirstTime(string title, string number, bool isStrange)
    {
        var text = $"Harrow Tools Ltd\n\n{title}\n{number}: 20117\nDate: 2026-05-20\nDue date: 2026-04-30\n\nAmount due: EUR 120.00\n";

        var read = Extracting.Accepted("letter.txt", text);

        Assert.Contains(read.Fields, field => field.Name == "due_date" && field.Value == "2026-04-30");
        Assert.Equal(isStrange, read.Anomalies.Any(anomaly => anomaly.Code == "due_before_issue"));
    }
}
