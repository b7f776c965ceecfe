using System.Text;
using DocumentAgents.Reading;
using Xunit;

namespace Agents.Tests.Reading;

/// <summary>ERR-18: whatever becomes of a document, it ends in a result that a reader foresaw.</summary>
public sealed class FuzzTests
{
    private const int Seed = 20_260_901;
    private const int LargestFile = 100_000;

    [Fact]
    public void Read_DamagedOwnSamples_EndInAForeseenResult()
    {
        foreach (var (name, bytes) in OwnSamples())
        {
            Damage(name, bytes, rounds: 300);
        }
    }

    [Fact]
    public void Read_DamagedSharedDocuments_EndInAForeseenResult()
    {
        foreach (var path in SharedDocuments.Files(SharedDocuments.Folder())
            .Where(path => new FileInfo(path).Length is > 0 and < LargestFile))
        {
            Damage(Path.GetFileName(path), File.ReadAllBytes(path), rounds: 12);
        }
    }

    [Theory]
    [InlineData(".pdf", "%PDF-1.4\n")]
    [InlineData(".docx", "PK\u0003\u0004")]
    [InlineData(".xml", "<a>")]
    [InlineData(".eml", "From: a@b\n\n")]
    [InlineData(".html", "<html>")]
    [InlineData(".txt", "")]
    [InlineData(".edi", "UNA:+.? '")]
    [InlineData(".hl7", "MSH|^~\\&|")]
    public void Read_RandomBytes_EndInAForeseenResult(string extension, string start)
    {
        var random = new Random(Seed);
        for (var round = 0; round < 200; round++)
        {
            var noise = new byte[random.Next(1, 4096)];
            random.NextBytes(noise);
            Check("noise" + extension, [.. Encoding.Latin1.GetBytes(start), .. noise], round);
        }
    }

    private static void Damage(string name, byte[] original, int rounds)
    {
        var random = new Random(Seed + original.Length);
        for (var round = 0; round < rounds; round++)
        {
            Check(name, Damaged(original, random, round), round);
        }
    }

    private static byte[] Damaged(byte[] original, Random random, int round)
    {
        var (at, from, length) = (random.Next(original.Length), random.Next(original.Length), random.Next(1, 400));
        var bytes = (byte[])original.Clone();
        switch (round % 5)
        {
            case 0:
                return bytes[..at];
            case 1:
                for (var i = 0; i <= bytes.Length / 400; i++)
                {
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                }

                return bytes;
            case 2:
                random.NextBytes(bytes.AsSpan(at, Math.Min(length, bytes.Length - at)));
                return bytes;
            case 3:
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + length)..]];
            default:
                return [.. bytes[..at], .. bytes[from..Math.Min(bytes.Length, from + length)], .. bytes[at..]];
        }
    }

    private static void Check(string name, byte[] bytes, int round)
    {
        var result = ReadingSamples.Read(name, bytes);
        Assert.False(
            result is ReadResult.Failed { Failure: var failure }
                && failure.Message.StartsWith(DocumentReader.UnexpectedPrefix, StringComparison.Ordinal),
            $"{name}, round {round}: {result}");
    }

    private static IEnumerable<(string Name, byte[] Bytes)> OwnSamples() =>
    [
        ("a.xml", "<a xmlns='urn:a'><b c='1'>two</b><b><![CDATA[x]]></b></a>"u8.ToArray()),
        ("a.json", "{\"a\": [1, 2.5, \"x\\u00e9\", null, {\"b\": true}]}"u8.ToArray()),
        ("a.csv", "a;b\r\n\"1;\"\"2\";3\r\n"u8.ToArray()),
        ("a.html", "<html><head><meta charset=utf-8></head><table><tr><td>1<td>&eacute;</table><pre>x</pre>"u8.ToArray()),
        ("a.eml", "From: =?utf-8?Q?=C3=A9?= <a@b>\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\ntext\r\n--x\r\nContent-Transfer-Encoding: base64\r\nContent-Type: a/b; name*=utf-8''%C3%A9\r\n\r\nQUJD\r\n--x--"u8.ToArray()),
        ("a.ofx", "OFXHEADER:100\n\n<OFX><A><B>1<C>2</A><D>&lt;</OFX>"u8.ToArray()),
        ("a.sta", "{1:F01X}{4:\r\n:20:A\r\n:25:B\r\n:60F:C200101EUR1,\r\n:86:x\r\ny\r\n:62F:C200101EUR1,\r\n-}"u8.ToArray()),
        ("a.edi", "UNA:+.? 'UNB+UNOC:3+A+B+200101:1200+1'UNH+1+INVOIC:D:96A:UN'FTX+A?'b'UNT+3+1'UNZ+1+1'"u8.ToArray()),
        ("a.hl7", "MSH|^~\\&|LAB|X|||2020||ADT^A01|77|P|2.3\rPID|1||42^^^A~43||O\\T\\H\\X41\\\r"u8.ToArray()),
        ("a.docx", ReadingSamples.Docx("<w:p><w:r><w:t>x</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>")),
        ("a.xlsx", ReadingSamples.Xlsx(
            """<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>43831</v></c></row>""", "<si><t>a</t></si>",
            "<cellXfs><xf/><xf numFmtId='14'/></cellXfs>")),
        ("a.pdf", ReadingSamples.PdfPage(
            "BT /F1 10 Tf 50 700 Td [(a) -300 <62>] TJ ET /X Do", more: ReadingSamples.Deflated("BT /F1 9 Tf (x) ' ET", "/Subtype/Form"))),
    ];
}
