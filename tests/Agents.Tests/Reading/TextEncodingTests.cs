using System.Text;
using DocumentAgents.Reading;
using Xunit;

namespace Agents.Tests.Reading;

public sealed class TextEncodingTests
{
    private const string Sentence = "Grüße – 5 €";

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    public void Read_Text_IsDecodedByMarkOrValidity(string encodingName, bool mark)
    {
        var encoding = Encoding.GetEncoding(encodingName);
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Sentence)];
        Assert.Equal(Sentence, ReadingSamples.Content("a.txt", bytes).Text);
    }

    [Fact]
    public void Read_Utf16WithoutMark_IsRecognizedByItsZeroBytes() =>
        Assert.Equal("Rechnung Nr. 4711", ReadingSamples.Content("a.txt", Encoding.Unicode.GetBytes("Rechnung Nr. 4711")).Text);

    [Fact]
    public void Read_OtherBytes_FallBackToWindows1252()
    {
        var content = ReadingSamples.Content("a.txt", [0x47, 0x72, 0xFC, 0xDF, 0x65, 0x20, 0x96, 0x20, 0x35, 0x20, 0x80]);
        Assert.Equal(Sentence, content.Text);
        Assert.Equal("windows-1252", content.Properties["encoding"]);
    }

    [Theory]
    [InlineData(new byte[] { 0x41, 0xFF, 0x81, 0x42 })]
    [InlineData(new byte[] { 0x41, 0x00, 0x42, 0x43, 0x44 })]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 0x41 })]
    public void Read_NoEncodingFits_IsBadEncoding(byte[] bytes) =>
        Assert.Equal(ReadFailureCodes.BadEncoding, ReadingSamples.Failure("a.txt", bytes).Code);

    [Fact]
    public void Read_XmlInDeclaredLatin1_IsObeyed()
    {
        byte[] bytes = [.. "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>"u8, 0xE9, .. "</a>"u8];
        Assert.Equal("é", ReadingSamples.Content("a.xml", bytes).Xml!.Root!.Value);
    }

    [Fact]
    public void Read_XmlThatIsNotTheUtf8ItClaims_IsBadEncoding() =>
        Assert.Equal(ReadFailureCodes.BadEncoding, ReadingSamples.Failure("a.xml", [.. "<a>"u8, 0xE9, .. "</a>"u8]).Code);

    [Fact]
    public void Read_LineEndsOfAllSystems_AreNumberedLines()
    {
        var content = ReadingSamples.Content("a.txt", "one\r\ntwo\rthree\nfour\n");
        Assert.Equal(["one", "two", "three", "four"], content.Texts());
        Assert.Equal(Place.Line(3), content.Lines[2].Place);
    }

    [Fact]
    public void Read_TooManyLines_IsLimitExceeded() =>
        Assert.Equal(ReadFailureCodes.LimitExceeded, ReadingSamples.Failure("a.txt", "1\n2\n3\n4", new ReadLimits { MaxLines = 3 }).Code);
}
