using System.Text;
using DocumentAgents.Reading;
using Xunit;

namespace Agents.Tests.Reading;

public sealed class PdfTests
{
    [Fact]
    public void Read_Page_PutsTextIntoReadingOrderWithColumnsApart()
    {
        var content = ReadingSamples.Content("a.pdf", ReadingSamples.PdfPage("""
            BT /F1 10 Tf 1 0 0 1 400 700 Tm (Amount) Tj ET
            BT /F1 10 Tf 50 700 Td (Item) Tj 0 -14 TD [(W) -30 (idget) -300 (A)] TJ 350 0 Td (12.50) Tj T* (99.00) Tj ET
            BT /F1 10 Tf 1 0 0 1 50 600 Tm (Caf\351 \(new\)) Tj ET
            """));
        Assert.Equal(["Item", "Amount"], content.Lines[0].Text.Split(
            "  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Equal(["Widget A", "12.50"], content.Lines[1].Text.Split(
            "  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Equal("99.00", content.Lines[2].Text.Trim());
        Assert.Equal(("", "Café (new)"), (content.Lines[3].Text, content.Lines[4].Text));
        Assert.Equal((new Place("page", "1, line 2"), 50d), (content.Lines[1].Place, content.Lines[1].X!.Value));
        Assert.Equal(content.Lines[0].Text.IndexOf("Amount", StringComparison.Ordinal), content.Lines[1].Text.IndexOf(
            "12.50", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_TextSetInColumns_IsReadColumnByColumn()
    {
        var left = Enumerable.Range(0, 12).Select(i => $"1 0 0 1 50 {700 - i * 12} Tm (left column says line number {i:D2} here) Tj");
        var right = Enumerable.Range(0, 12).Select(i => $"1 0 0 1 320 {695 - i * 12} Tm (right column says line number {i:D2} here) Tj");
        var content = ReadingSamples.Content("a.pdf", ReadingSamples.PdfPage(
            $"BT /F1 10 Tf 1 0 0 1 50 740 Tm (A title that goes across the gutter of both of the columns of the page and on) Tj {string.Join(' ', left.Concat(right))} ET"));
        var lines = content.Texts().Where(text => text.Length > 0).ToList();
        Assert.StartsWith("A title", lines[0], StringComparison.Ordinal);
        Assert.Equal("left column says line number 11 here", lines[12]);
        Assert.Equal("right column says line number 00 here", lines[13]);
    }

    [Theory]
    [InlineData("/Encoding<</BaseEncoding/MacRomanEncoding/Differences[1/Euro/uni00E9 66/f_i]>>", "\\001 \\002 B \\212", "€ é fi ä")]
    [InlineData("", "\\251 quote's", "' quote’s")]
    public void Read_Encodings_AreUnderstood(string encoding, string text, string expected) => Assert.Equal(
        expected,
        ReadingSamples.Content("a.pdf", ReadingSamples.PdfPage($"BT /F1 10 Tf 50 700 Td ({text}) Tj ET", $"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman{encoding}>>")).Text);

    [Fact]
    public void Read_CompositeFont_TakesItsTextFromToUnicode()
    {
        var map = "1 begincodespacerange <0000> <ffff> endcodespacerange 2 beginbfrange <0003> <0005> <0041> <0010> <0011> [<00660069> <D83DDE00>] endbfrange 1 beginbfchar <0020> <20AC> endbfchar";
        var content = ReadingSamples.Content("a.pdf", ReadingSamples.PdfPage(
            "BT /F1 10 Tf 50 700 Td <000300040005001000200011> Tj ET",
            "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[<</Subtype/CIDFontType2/DW 600/W[3[500 500] 16 32 700]>>]>>",
            "",
            ReadingSamples.Deflated(map)));
        Assert.Equal("ABCfi€😀", content.Text);
    }

    [Theory]
    [InlineData("/ASCIIHexDecode", "4254202F46312031302054662035302037303020546420284869292054 6A204554>")]
    [InlineData("/ASCII85Decode", "6<#'\\7PQ#@1a#b0+>GQ(+?(u.+B2ko-qIocCi:FtDfTZ).9(%)78s~>")]
    public void Read_AsciiFilters_AreUndone(string filter, string data)
    {
        var pdf = ReadingSamples.Pdf(
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]>>",
            "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            ReadingSamples.Stream(data, $"/Filter{filter}"),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
        Assert.StartsWith("H", ReadingSamples.Content("a.pdf", pdf).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_Lzw_FollowsTheExampleOfTheStandard()
    {
        var budget = new DocumentAgents.Reading.Pdf.PdfBudget(ReadLimits.Default, TestContext.Current.CancellationToken);
        byte[] expected = [45, 45, 45, 45, 45, 65, 45, 45, 45, 66];
        Assert.Equal(expected, DocumentAgents.Reading.Pdf.PdfLzw.Decode([0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01], 1, budget));
    }

    [Fact]
    public void Read_TurnedPageAndForms_ShowTheirText()
    {
        var content = ReadingSamples.Content("a.pdf", ReadingSamples.PdfPage(
            "BT /F1 10 Tf 0 1 -1 0 300 100 Tm (sideways) Tj ET q 1 0 0 1 0 50 cm /X Do Q",
            page: "/Rotate 90",
            more: ReadingSamples.Deflated(
                "BT /F1 10 Tf 0 1 -1 0 200 100 Tm (in a form) Tj ET",
                "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>")));
        Assert.Equal(["in a form", "sideways"], content.Texts().Where(text => text.Length > 0).Select(text => text.Trim()));
    }

    [Fact]
    public void Read_FilledFormField_ShowsItsValue()
    {
        var content = ReadingSamples.Content("a.pdf", ReadingSamples.PdfPage(
            "BT /F1 10 Tf 50 700 Td (Name:) Tj ET",
            page: "/Annots[<</Subtype/Widget/Rect[82 695 200 715]/AP<</N 6 0 R>>>> <</Subtype/Widget/F 2/Rect[90 600 200 615]/AP<</N 6 0 R>>>>]",
            more: ReadingSamples.Stream(
                "BT /F1 10 Tf 0 5 Td (Ann) Tj ET", "/Subtype/Form/BBox[0 0 110 20]/Resources<</Font<</F1 5 0 R>>>>")));
        Assert.Equal("Name: Ann", content.Text);
    }

    [Fact]
    public void Read_ActualTextBoldAndHiddenText_ReadAsMeant()
    {
        var content = ReadingSamples.Content("a.pdf", ReadingSamples.PdfPage("""
            /Span <</ActualText (Total)>> BDC BT /F1 10 Tf 50 700 Td (xyz) Tj ET EMC
            BT /F1 10 Tf 1 0 0 1 50 680 Tm (bold) Tj 1 0 0 1 50.3 680 Tm (bold) Tj ET
            BT /F1 10 Tf 1 0 0 1 50 -500 Tm (off the page) Tj ET
            BT /F1 10 Tf 1 0 0 1 50 660 Tm (5) Tj /F1 6 Tf 4 Ts (th) Tj /F1 10 Tf 0 Ts ( day) Tj ET
            """));
        Assert.Equal(["Total", "bold", "5th day"], content.Texts());
    }

    [Fact]
    public void Read_EmbeddedFile_IsAnAttachment()
    {
        var content = ReadingSamples.Content("a.pdf", ReadingSamples.Pdf(
            "<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Kids[<</Names[(x)4 0 R]>>]>>>>/AF[4 0 R]>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/MediaBox[0 0 600 800]>>",
            "<</Type/Filespec/F(factur-x.xml)/UF<FEFF0066002E0078006D006C>/EF<</F 5 0 R>>>>",
            ReadingSamples.Deflated("<Invoice/>", "/Subtype/text#2Fxml")));
        var attachment = Assert.Single(content.Attachments);
        Assert.Equal(("f.xml", "text/xml", "<Invoice/>"), (
            attachment.Name, attachment.MediaType, Encoding.UTF8.GetString(attachment.Bytes.Span)));
        Assert.Empty(content.Lines);
        Assert.Equal("none", content.Properties["text"]);
    }

    [Fact]
    public void Read_BrokenCrossReferences_AreRepairedByLookingForObjects()
    {
        var whole = Encoding.Latin1.GetString(ReadingSamples.PdfPage("BT /F1 10 Tf 50 700 Td (found) Tj ET"));
        string[] broken =
        [
            whole[..whole.IndexOf("xref", StringComparison.Ordinal)],
            whole.Replace("startxref\n", "startxref\n7", StringComparison.Ordinal),
            "leading garbage\n" + whole,
            whole.Replace("/Length", "/Lengthy", StringComparison.Ordinal),
        ];
        Assert.All(broken, text => Assert.Equal("found", ReadingSamples.Content("a.pdf", Encoding.Latin1.GetBytes(text)).Text));
    }

    [Fact]
    public void Read_ObjectStreams_AreUnpacked()
    {
        string[] objects = ["<</Type/Catalog/Pages 2 0 R>> ", "<</Type/Pages/Kids[3 0 R]/Count 1>> ",
            "<</Type/Page/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"];
        var offsets = $"1 0 2 {objects[0].Length} 3 {objects[0].Length + objects[1].Length} ";
        var packed = ReadingSamples.Deflated(offsets + string.Concat(objects), $"/Type/ObjStm/N 3/First {offsets.Length}");
        var file = "%PDF-1.5\n4 0 obj\n" + ReadingSamples.Stream("BT /F1 10 Tf 50 700 Td (packed) Tj ET")
            + "\nendobj\n5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n6 0 obj\n" + packed + "\nendobj\n";
        Assert.Equal("packed", ReadingSamples.Content("a.pdf", Encoding.Latin1.GetBytes(file + "trailer<</Root 1 0 R>>")).Text);
    }

    [Theory]
    [InlineData(EncryptedPdfs.Rc4WithKeyOf40Bits)]
    [InlineData(EncryptedPdfs.Rc4WithKeyOf128Bits)]
    [InlineData(EncryptedPdfs.AesWithKeyOf128Bits)]
    [InlineData(EncryptedPdfs.AesWithKeyOf256Bits)]
    [InlineData(EncryptedPdfs.AesAndObjectStreams)]
    public void Read_EncryptedForEverybody_IsOpened(string sample) =>
        Assert.Equal("opened", ReadingSamples.Content("a.pdf", ReadingSamples.Inflated(sample)).Text);

    [Fact]
    public void Read_UserPassword_IsEncrypted() =>
        Assert.Equal(ReadFailureCodes.Encrypted,
            ReadingSamples.Failure("a.pdf", ReadingSamples.Inflated(EncryptedPdfs.WithUserPassword)).Code);

    [Theory]
    [InlineData("/Filter/Standard/V 2/R 3/Length 128/P -4/O(12345678901234567890123456789012)/U(12345678901234567890123456789012)")]
    [InlineData("/Filter/Vendor/V 1")]
    public void Read_ProtectedByPassword_IsEncrypted(string dictionary)
    {
        var pdf = Encoding.Latin1.GetString(ReadingSamples.PdfPage("BT ET"))
            .Replace("/Root 1 0 R", $"/Root 1 0 R/Encrypt<<{dictionary}>>", StringComparison.Ordinal);
        Assert.Equal(ReadFailureCodes.Encrypted, ReadingSamples.Failure("a.pdf", Encoding.Latin1.GetBytes(pdf)).Code);
    }

    [Fact]
    public void Read_CutOff_IsMalformedWhenContentIsMissing()
    {
        var whole = Encoding.Latin1.GetString(ReadingSamples.PdfPage("BT /F1 10 Tf 50 700 Td (lost) Tj ET"));
        var cut = whole[..whole.IndexOf("4 0 obj", StringComparison.Ordinal)];
        Assert.Equal(ReadFailureCodes.Malformed, ReadingSamples.Failure("a.pdf", Encoding.Latin1.GetBytes(cut)).Code);
    }

    [Theory]
    [InlineData("%PDF-1.4\nnothing else")]
    [InlineData("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>")]
    public void Read_NoPages_IsMalformedOrEmptyPage(string text)
    {
        var result = ReadingSamples.Read("a.pdf", Encoding.Latin1.GetBytes(text));
        Assert.True(result is ReadResult.Failed { Failure.Code: ReadFailureCodes.Malformed }
            or ReadResult.Succeeded { Content.Lines.Length: 0 });
    }

    [Fact]
    public void Read_BombsAndLoops_AreLimitExceeded()
    {
        var limits = new ReadLimits { MaxExpandedBytes = 1_000_000, MaxOperators = 200_000 };
        string[] contents =
            [new string(' ', 2_000_000), string.Concat(Enumerable.Repeat("(a) Tj ", 100_000)), new string('[', 10_000), "/X Do"];
        foreach (var content in contents)
        {
            var pdf = ReadingSamples.Pdf(
                "<</Type/Catalog/Pages 2 0 R>>",
                "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 1>>",
                "<</Type/Page/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
                ReadingSamples.Deflated(content),
                ReadingSamples.Stream("/X Do /X Do", "/Subtype/Form/Resources<</XObject<</X 5 0 R>>>>"));
            Assert.Equal(ReadFailureCodes.LimitExceeded, ReadingSamples.Failure("a.pdf", pdf, limits).Code);
        }
    }

    [Fact]
    public void Read_MorePagesThanAllowed_IsLimitExceeded()
    {
        var pdf = ReadingSamples.Pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Kids[<</Type/Page>><</Type/Page>><</Type/Page>>]>>");
        Assert.Equal(ReadFailureCodes.LimitExceeded, ReadingSamples.Failure("a.pdf", pdf, new ReadLimits { MaxPages = 2 }).Code);
    }
}
