using System.Text;
using DocumentAgents.Reading;
using Xunit;

namespace Agents.Tests.Reading;

/// <summary>DOC-02: content goes before name.</summary>
public sealed class DetectionTests
{
    [Theory]
    [InlineData("a.txt", "MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.3\rPID|1\r", "Hl7")]
    [InlineData("a", "UNB+UNOC:3+A+B+200101:1200+1'UNH+1+INVOIC:D:96A:UN'UNT+2+1'UNZ+1+1'", "Edifact")]
    [InlineData("a.dat", "{\"a\": 1}", "Json")]
    [InlineData("a.txt", "<?xml version=\"1.0\"?><a>1</a>", "Xml")]
    [InlineData("a.txt", "<!DOCTYPE html><p>x", "Html")]
    [InlineData("a.txt", "{curly} is not JSON", "Text")]
    [InlineData("a.txt", "<b>bold</b> words & more", "Text")]
    [InlineData("a.xml", "<OFX><A>1</OFX>", "Ofx")]
    [InlineData("a.txt", "!Type:Bank\nD1/1/20\nT5\n^\n", "Qif")]
    [InlineData("a.txt", "just words", "Text")]
    [InlineData("a.md", "# Title", "Markdown")]
    [InlineData("a.csv", "a;b\n1;2", "Csv")]
    public void Read_TextOfAnyName_FollowsTheContent(string name, string text, string expected) =>
        Assert.Equal(Enum.Parse<DocumentFormat>(expected), ReadingSamples.Content(name, text).Format);

    [Theory]
    [InlineData("a.pdf", "<Invoice/>")]
    [InlineData("a.json", "<Invoice/>")]
    [InlineData("a.xml", "{\"a\": 1}")]
    [InlineData("a.docx", "plain words")]
    [InlineData("a.xml", "%PDF-1.4 and so on")]
    [InlineData("a.csv", "{\"a\": 1}")]
    [InlineData("a.txt", "%PDF-1.4 and so on")]
    public void Read_NameThatPromisesSomethingElse_IsTypeMismatch(string name, string text) =>
        Assert.Equal(ReadFailureCodes.TypeMismatch, ReadingSamples.Failure(name, text).Code);

    [Fact]
    public void Read_SheetNamedAsLetter_IsTypeMismatch() =>
        Assert.Equal(ReadFailureCodes.TypeMismatch, ReadingSamples.Failure("a.docx", ReadingSamples.Xlsx("")).Code);

    [Theory]
    [InlineData("a.txt", "")]
    [InlineData("a.json", " \r\n\t ")]
    public void Read_Nothing_IsEmpty(string name, string text) =>
        Assert.Equal(ReadFailureCodes.Empty, ReadingSamples.Failure(name, text).Code);

    [Fact]
    public void Read_Picture_IsUnsupported() =>
        Assert.Equal(ReadFailureCodes.Unsupported, ReadingSamples.Failure("scan.png", [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0]).Code);

    [Fact]
    public void Read_EncryptedOfficeContainer_IsEncrypted()
    {
        byte[] bytes = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[64], .. Encoding.Unicode.GetBytes("EncryptedPackage")];
        Assert.Equal(ReadFailureCodes.Encrypted, ReadingSamples.Failure("a.xlsx", bytes).Code);
    }

    [Fact]
    public void Read_MoreBytesThanAllowed_IsLimitExceeded() =>
        Assert.Equal(ReadFailureCodes.LimitExceeded, ReadingSamples.Failure("a.txt", "12345", new ReadLimits { MaxBytes = 4 }).Code);

    [Fact]
    public void Read_Cancelled_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => DocumentReader.Read("a.eml", "From: a@b\n\nx"u8.ToArray(), ReadLimits.Default, cancelled.Token));
    }
}
