using System.Text;
using DocumentAgents.Reading;
using Xunit;

namespace Agents.Tests.Reading;

public sealed class MailTests
{
    private const string Mixed = """
        From: =?utf-8?Q?J=C3=B6rg?= =?utf-8?Q?_M=C3=BCller?= <j@example.org>
        To: "Doe, Jane" <jane@example.org>, (a comment, here) bob@example.org,
         Team: c@example.org;
        Subject: =?utf-8?B?UmVjaG51bmcg4oI=?= =?utf-8?B?rA==?= for you
        Content-Type: multipart/mixed; boundary="XX"

        preamble
        --XX
        Content-Type: multipart/alternative; boundary=YY

        --YY
        Content-Type: text/plain; charset=iso-8859-1
        Content-Transfer-Encoding: quoted-printable

        Total: 5=80 =
        only
        --YY
        Content-Type: text/html

        <p>Total in HTML</p>
        --YY--
        --XX
        Content-Type: application/xml; name*0*=utf-8''Rechnung%20; name*1=1.xml
        Content-Disposition: attachment
        Content-Transfer-Encoding: base64

        PGEv
        Pg==
        --XX
        Content-Type: message/rfc822

        Subject: inner

        text
        --XX--
        epilogue
        """;

    [Fact]
    public void Read_Multipart_GivesHeadersPlainTextAndAttachments()
    {
        var content = ReadingSamples.Content("a.eml", Mixed.ReplaceLineEndings("\r\n"));
        Assert.Equal(("Jörg Müller <j@example.org>", "Rechnung € for you"), (content.Properties["from"], content.Properties["subject"]));
        Assert.Equal("jane@example.org\nbob@example.org\nc@example.org", content.Properties["to.addresses"]);
        Assert.Equal("Total: 5€ only", content.Lines[^1].Text);
        Assert.Equal(new Place("part", "1.1.1, line 1"), content.Lines[^1].Place);
        Assert.DoesNotContain("HTML", content.Text, StringComparison.Ordinal);
        Assert.Equal([("Rechnung 1.xml", "application/xml", "<a/>"), ("part-1.3.eml", "message/rfc822", "Subject: inner\r\n\r\ntext")],
            content.Attachments.Select(file => (file.Name, file.MediaType, Encoding.UTF8.GetString(file.Bytes.Span))));
    }

    [Fact]
    public void Read_SecondFrom_IsIgnored() =>
        Assert.Equal("a@example.org",
            ReadingSamples.Content("a.eml", "From: a@example.org\nTo: b@example.org\nFrom: c@example.org\n\nHello\n").Properties["from"]);

    [Fact]
    public void Read_HtmlOnly_IsShownAsText()
    {
        var content = ReadingSamples.Content(
            "a.eml", "From: a@b.org\nContent-Type: text/html; charset=utf-8\n\n<script>alert(1)</script><p>Hello</p><table><tr><td>1<td>2</table>");
        Assert.Equal(["From: a@b.org", "Hello", "1\t2"], content.Texts());
        Assert.Equal(["1", "2"], content.Tables.Single().Rows[0]);
    }

    [Theory]
    [InlineData("no header at all")]
    public void Read_NoHeaders_IsMalformed(string text) =>
        Assert.Equal(ReadFailureCodes.Malformed, ReadingSamples.Failure("a.eml", text).Code);

    [Fact]
    public void Read_PartsNestedWithoutEnd_IsLimitExceeded()
    {
        var text = "From: a@b\n"
            + string.Concat(Enumerable.Range(0, 50).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}x\n\n--b{i}x\n"));
        Assert.Equal(ReadFailureCodes.LimitExceeded, ReadingSamples.Failure("a.eml", text).Code);
    }
}
