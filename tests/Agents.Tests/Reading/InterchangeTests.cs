using Agents.Tests.Documents;
using DocumentAgents.Reading;
using Xunit;

namespace Agents.Tests.Reading;

public sealed class InterchangeTests
{
    [Fact]
    public void Read_Edifact_UndoesReleaseAndTakesItsOwnServiceCharacters()
    {
        var content = ReadingSamples.Content(
            "a.edi", "UNA:+,? '\nUNB+UNOC:3+A+B+200101:1200+1'\nUNH+1+INVOIC:D:96A:UN'\nFTX+AAI+++It?'s ?: 5?+1:two\nlines'\nUNT+3+1'\nUNZ+1+1'\n");
        var text = content.Segments.Single(segment => segment.Tag == "FTX");
        Assert.Equal(("AAI", "It's : 5+1", "two\nlines"), (text.Value(0), text.Value(3), text.Value(3, 1)));
        Assert.Equal((Place.Line(4), "", ","), (text.Place, text.Value(9), content.Properties["decimal"]));
    }

    [Theory]
    [InlineData("UNB+UNOC:3+A+B+200101:1200+1'UNH+1+INVOIC:D:96A:UN'BGM+380+1")]
    [InlineData("UNB+UNOC:3+A+B+200101:1200+1'UNH+1+INVOIC:D:96A:UN'UNT+2+1'")]
    public void Read_EdifactCutOff_IsMalformed(string text) =>
        Assert.Equal(ReadFailureCodes.Malformed, ReadingSamples.Failure("a.edi", text).Code);

    [Fact]
    public void Read_X12_TakesItsSeparatorsFromIsa()
    {
        var isa = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *200101*1253*^*00501*000000905*0*P*>~";
        var content = ReadingSamples.Content(
            "a.x12", isa + "\nGS*IN*A*B*20200101*1253*1*X*005010~\nST*810*0001~\nBIG*20200101*INV-1**PO>7^PO8~\nSE*3*0001~\nGE*1*1~\nIEA*1*000000905~\n");
        Assert.Equal(DocumentFormat.X12, content.Format);
        var big = content.Segments.Single(segment => segment.Tag == "BIG");
        Assert.Equal(("INV-1", "7", "PO8"), (big.Value(1), big.Value(3, 1), big.Value(3, 0, 1)));
        Assert.Equal(ReadFailureCodes.Malformed, ReadingSamples.Failure("a.x12", isa + "ST*810*1~").Code);
    }

    [Fact]
    public void Read_Hl7_NumbersFieldsOfTheHeaderAsTheStandardDoes()
    {
        var content = ReadingSamples.Content(
            "a.hl7", "MSH|^~\\&|LAB|X|||2020||ADT^A01|77|P|2.3\rPID|1||42^^^A~43^^^B||O\\T\\Hara^Ann\\.br\\B\r^\rOBX|1\r");
        Assert.Equal(("|", "LAB", "A01"), (content.Segments[0].Value(0), content.Segments[0].Value(2), content.Segments[0].Value(8, 1)));
        Assert.Equal(("43", "O&Hara", "Ann\nB"), (
            content.Segments[1].Value(2, 0, 1), content.Segments[1].Value(4), content.Segments[1].Value(4, 1)));
        Assert.Equal(["MSH", "PID", "OBX"], content.Segments.Select(segment => segment.Tag));
    }

    [Fact]
    public void Process_Hl7WithADateThatIsNone_LeavesItOutAndSaysSo()
    {
        var extraction = Extracting.Accepted("a.hl7", "MSH|^~\\&|LAB|X|||20200102||ADT^A01|77|P|2.3\rPID|1||42||Roe^Jane||19801335|F\r");
        Assert.Equal(("Roe", null, "F"), (extraction.Value("patient_family"), extraction.Value("birth_date"), extraction.Value("sex")));
        Assert.Equal("date_unclear", Assert.Single(extraction.Anomalies).Code);
    }

    [Fact]
    public void Read_Mt940_KeepsBlocksAndJoinsContinuedFields()
    {
        var content = ReadingSamples.Content(
            "a.sta", "\u0001{1:F01BANK}{2:I940}{3:{108:X}}{4:\r\n:20:REF\r\n:25:123\r\n:60F:C200101EUR1,\r\n:86:first\r\nsecond: line\r\n:62F:C200101EUR1,\r\n-}\r\n");
        Assert.Equal(["{1}", "{2}", "{3}", "20", "25", "60F", "86", "62F", "-"], content.Segments.Select(segment => segment.Tag));
        Assert.Equal(("first\nsecond: line", Place.Line(5)), (content.Segments[6].Value(0), content.Segments[6].Place));
        Assert.Equal(ReadFailureCodes.Malformed,
            ReadingSamples.Failure("a.sta", ":20:REF\r\n:25:123\r\n:60F:C200101EUR1,\r\n:61:2001010101D1,NMSC\r\n:86:cut").Code);
    }

    [Fact]
    public void Read_Qif_GivesEveryLine()
    {
        var content = ReadingSamples.Content("a.qif", "!Type:Bank\nD6/1/94\nT-1,000.00\nPShop\n^\n");
        Assert.Equal(["!", "D", "T", "P", "^"], content.Segments.Select(segment => segment.Tag));
        Assert.Equal("-1,000.00", content.Segments[2].Value(0));
        Assert.Equal(ReadFailureCodes.Malformed, ReadingSamples.Failure("a.qif", "nothing like it").Code);
        Assert.Equal(ReadFailureCodes.Malformed, ReadingSamples.Failure("a.qif", "!Type:Bank\nD6/1/94\nT-1,0").Code);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("")]
    public void Read_Ach_GivesRecordsOf94CharactersWhateverSeparatesThem(string separator)
    {
        string[] records = ["101 076401251 0764012510807291533A094101dest".PadRight(94), "5225company".PadRight(94),
            "62705320001912345".PadRight(94), "8225".PadRight(94), "9000001".PadRight(94)];
        var content = ReadingSamples.Content("a.ach", string.Join(separator, records));
        Assert.Equal(["1", "5", "6", "8", "9"], content.Segments.Select(segment => segment.Tag));
        Assert.All(content.Segments, segment => Assert.Equal(94, segment.Text.Length));
        Assert.Equal(ReadFailureCodes.Malformed, ReadingSamples.Failure("a.ach", records[0] + "\n" + records[2]).Code);
    }

    [Fact]
    public void Read_OfxOfBothVersions_GivesTheSameTree()
    {
        var sgml = ReadingSamples.Content(
            "a.ofx", "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nCHARSET:1252\n\n<OFX><BANK><EMPTY><ACCT>1<NAME>A &amp; B<DEEP><X>2</DEEP></BANK></OFX>");
        var xml = ReadingSamples.Content(
            "a.ofx", "<?xml version=\"1.0\"?><?OFX OFXHEADER=\"200\" VERSION=\"203\"?><OFX><BANK><EMPTY/><ACCT>1</ACCT><NAME>A &amp; B</NAME><DEEP><X>2</X></DEEP></BANK></OFX>");
        Assert.Equal(xml.Xml!.ToString(), sgml.Xml!.ToString());
        Assert.Equal(("102", "203"), (sgml.Properties["version"], xml.Properties["version"]));
    }

    [Theory]
    [InlineData("<OFX><BANK><ACCT>1</BANK>", "malformed")]
    [InlineData("<OFX><A>1</OFX", "malformed")]
    [InlineData("<!DOCTYPE OFX [<!ENTITY x 'y'>]><OFX></OFX>", "unsafe_xml")]
    public void Read_BadOfx_IsRefused(string text, string code) => Assert.Equal(code, ReadingSamples.Failure("a.ofx", text).Code);

    [Fact]
    public void Read_MoreElementsThanAllowed_IsLimitExceeded() => Assert.Equal(
        ReadFailureCodes.LimitExceeded,
        ReadingSamples.Failure("a.hl7", "MSH|^~\\&|" + new string('|', 200), new ReadLimits { MaxCells = 100 }).Code);
}
