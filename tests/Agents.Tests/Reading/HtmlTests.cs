using DocumentAgents.Reading;
using Xunit;

namespace Agents.Tests.Reading;

public sealed class HtmlTests
{
    [Fact]
    public void Read_Page_ShowsWhatAPersonSees()
    {
        var content = ReadingSamples.Content("a.html", """
            <!DOCTYPE html><html><head><title>Offer
             7</title><meta name="author" content="A &amp; B"><style>p { color: red }</style></head>
            <body><!-- hidden --><h1>Offer</h1><p>Caf&eacute; <b>bold</b>
             text &lt;here&gt; 1 < 2<br>next<script>document.write("no")</script>
            <ul><li>one<li>two</ul><input type=checkbox checked> yes<pre>a
              b</pre></body></html>
            """);
        Assert.Equal(["Offer", "Café bold text <here> 1 < 2", "next", "one", "two", "☒ yes", "a", "  b"], content.Texts()
            .Select(text => text.TrimEnd()));
        Assert.Equal(("Offer 7", "A & B"), (content.Properties["title"], content.Properties["meta.author"]));
        Assert.Equal(("heading 1", Place.Line(3)), (content.Lines[0].Role, content.Lines[0].Place));
    }

    [Fact]
    public void Read_Tables_AreTablesAndLines()
    {
        var content = ReadingSamples.Content("a.htm", "<table><tr><th>Item<th>Price<tr><td>A<br>B<td>1,50</table>");
        Assert.Equal(["Item", "Price"], content.Tables[0].Rows[0]);
        Assert.Equal(["A\nB", "1,50"], content.Tables[0].Rows[1]);
        Assert.Equal(new Place("table", "table 1, row 2, column 2"), content.Tables[0].PlaceOf(1, 1));
    }

    [Fact]
    public void Read_DeclaredCharset_IsObeyed() =>
        Assert.Equal("é", ReadingSamples.Content("a.html", [.. "<meta charset=windows-1252><p>"u8, 0xE9]).Text);

    [Fact]
    public void Read_Xhtml_IsHtmlAndItsDoctypeIsNotFollowed() => Assert.Equal(
        DocumentFormat.Html,
        ReadingSamples.Content("a.html", "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://127.0.0.1/x.dtd\"><html><p>x</p></html>").Format);

    [Theory]
    [InlineData("<")]
    [InlineData("<a x=\"")]
    [InlineData("<!--")]
    [InlineData("<script>")]
    [InlineData("<td>")]
    [InlineData("&#")]
    public void Read_MarkupRepeatedWithoutEnd_Ends(string piece) =>
        Assert.NotNull(ReadingSamples.Read("a.html", System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 200_000)))));
}
