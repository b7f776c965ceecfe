using DocumentAgents.Reading;
using Xunit;

namespace Agents.Tests.Reading;

public sealed class CsvTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", ",")]
    [InlineData("a;b;c\n1,5;2,5;3,5\n", ";")]
    [InlineData("a\tb\nx, y\tz\n", "\t")]
    [InlineData("a|b\n1|2", "|")]
    [InlineData("only\none\ncolumn", ",")]
    public void Read_Csv_FindsTheDelimiter(string text, string expected) =>
        Assert.Equal(expected, ReadingSamples.Content("a.csv", text).Properties["delimiter"]);

    [Fact]
    public void Read_QuotedCells_KeepDelimitersQuotesAndLineBreaks()
    {
        var table = ReadingSamples.Content("a.csv", "\uFEFFname,note\r\n\"Lozano, Dr\",\"said \"\"hi\"\"\r\nand left\"\r\n\r\nlast,row\r\n").Tables.Single();
        Assert.Equal(["Lozano, Dr", "said \"hi\"\r\nand left"], table.Rows[1]);
        Assert.Equal("", table.Cell(2, 5));
        Assert.Equal(Place.Line(5, 2), table.PlaceOf(2, 1));
    }

    [Fact]
    public void Read_Formulas_StayText()
    {
        var table = ReadingSamples.Content("a.csv", "d,x\n1,\"=HYPERLINK(\"\"http://127.0.0.1/x\"\",\"\"click\"\")\"\n2,@SUM(1)\n").Tables.Single();
        Assert.Equal("=HYPERLINK(\"http://127.0.0.1/x\",\"click\")", table.Rows[1][1]);
        Assert.Equal("@SUM(1)", table.Rows[2][1]);
    }

    [Fact]
    public void Read_UnclosedQuote_IsMalformedAtItsLine()
    {
        var failure = ReadingSamples.Failure("a.csv", "a,b\n1,\"2\n3,4\n");
        Assert.Equal((ReadFailureCodes.Malformed, Place.Line(2)), (failure.Code, failure.Place));
    }

    [Fact]
    public void Read_TooManyCells_IsLimitExceeded() =>
        Assert.Equal(ReadFailureCodes.LimitExceeded, ReadingSamples.Failure("a.csv", "1,2,3,4,5", new ReadLimits { MaxCells = 4 }).Code);
}
