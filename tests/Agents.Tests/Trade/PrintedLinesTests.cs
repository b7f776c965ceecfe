using DocumentAgents.Layout;
using DocumentAgents.Reading;
using DocumentAgents.Trade.Print;
using Xunit;

namespace Agents.Tests.Trade;

public class PrintedLinesTests
{
    [Fact]
    public void Read_HeadingOverSeveralRows_FindsTheLine()
    {
        var page = Page.Of(
        [
            new TextLine("                                            Cena       Wartość     VAT", Place.Line(1)),
            new TextLine(" Lp Nazwa towaru      Jm   Ilość [jm]    brutto po               Kwota VAT", Place.Line(2)),
            new TextLine("                                            brutto      netto      [%]", Place.Line(3)),
            new TextLine("1   EFECTA 95         l     54,910         5,79        257,59      23    59,24     316,83", Place.Line(4)),
            new TextLine("    Razem:                                             257,59      59,24", Place.Line(5)),
        ]);

        Assert.NotNull(LineColumns.Of(page.Rows[1]));
        Assert.Equal(LineColumn.Quantity, LineColumns.Of(page.Rows[1])!.Of(page.Rows[3].Cells[3]));
        Assert.False(SumRow.IsSum(page, page.Rows[3]));
        Assert.Single(PrintedLines.Read(page));
    }
}
