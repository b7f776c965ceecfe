using DocumentAgents.Reading;
using Xunit;

namespace Agents.Tests.Reading;

public sealed class OfficeTests
{
    private const string CoreProperties = """
        <cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <dc:title>Lease</dc:title><dc:creator>Ann</dc:creator></cp:coreProperties>
        """;

    [Fact]
    public void Read_Docx_GivesParagraphsTablesHeadersAndNotes()
    {
        var content = ReadingSamples.Content("a.docx", ReadingSamples.Docx(
            """
            <w:p><w:pPr><w:pStyle w:val="T1"/></w:pPr><w:r><w:t>Lease </w:t></w:r><w:ins><w:r><w:t>Agreement</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Rent</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>100</w:t><w:tab/><w:t>EUR</w:t></w:r></w:p><w:p/></w:tc></w:tr></w:tbl>
            <w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r><w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r></w:p>
            """,
            ("word/styles.xml",
                """<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:styleId="T1"><w:name w:val="heading 1"/></w:style></w:styles>"""),
            ("word/header1.xml",
                """<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>Draft</w:t></w:r></w:p></w:hdr>"""),
            ("docProps/core.xml", CoreProperties)));
        Assert.Equal([("Draft", "header"), ("Lease Agreement", "heading 1"), ("Rent\t100\tEUR", "row"), ("a", null), ("b", null)],
            content.Lines.Select(line => (line.Text, line.Role)));
        Assert.Equal(["Rent", "100\tEUR"], content.Tables.Single().Rows.Single());
        Assert.Equal(("Lease", "Ann"), (content.Properties["title"], content.Properties["author"]));
    }

    [Fact]
    public void Read_DocxFormFields_ShowWhetherTheyAreTicked()
    {
        var content = ReadingSamples.Content("a.docx", ReadingSamples.Docx(
            """<w:p><w:r><w:fldChar><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar><w:t> yes </w:t><w:fldChar><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar><w:t> no</w:t></w:r></w:p>"""));
        Assert.Equal("☒ yes ☐ no", content.Text);
    }

    [Fact]
    public void Read_Xlsx_WritesNumbersPlainlyAndDatesAsIso()
    {
        var content = ReadingSamples.Content("a.xlsx", ReadingSamples.Xlsx(
            """
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2"><v>1.1000000000000001</v></c><c r="D2" s="1"><v>43831</v></c><c r="E2" s="1"><v>43831.5</v></c></row>
            <row r="5"><c r="A5" t="inlineStr"><is><t>in</t><rPh><t>ignored</t></rPh><t>line</t></is></c><c r="B5" t="b"><v>1</v></c><c r="C5"><f>1+1</f><v>2</v></c><c r="D5" t="str"><f>A1</f><v>=x</v></c></row>
            """,
            "<si><r><t>Sh</t></r><r><t>op</t></r></si>",
            """<numFmts><numFmt numFmtId="170" formatCode="[$-409]d/mmm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>"""));
        var table = content.Tables.Single();
        Assert.Equal(["Shop", "", "1.1", "2020-01-01", "2020-01-01T12:00:00"], table.Rows[0]);
        Assert.Equal(["inline", "TRUE", "2", "=x"], table.Rows[1]);
        Assert.Equal(new Place("cell", "Posten!B5"), table.PlaceOf(1, 1));
    }

    [Theory]
    [InlineData("../../outside.txt")]
    [InlineData("/etc/x")]
    [InlineData("..\\x")]
    [InlineData("c:/x")]
    public void Read_EntryOutsideTheArchive_IsUnsafe(string entry) =>
        Assert.Equal(ReadFailureCodes.UnsafeArchive, ReadingSamples.Failure("a.docx", ReadingSamples.Docx("", (entry, "x"))).Code);

    [Fact]
    public void Read_ArchiveBomb_IsLimitExceeded()
    {
        var bomb = ReadingSamples.Docx($"<w:p><w:r><w:t>{new string(' ', 8_000_000)}</w:t></w:r></w:p>");
        Assert.Equal(ReadFailureCodes.LimitExceeded, ReadingSamples.Failure("a.docx", bomb).Code);
        Assert.Equal(ReadFailureCodes.LimitExceeded,
            ReadingSamples.Failure("a.docx", bomb, new ReadLimits { MaxExpandedBytes = 1000, MaxExpansionRatio = 5000 }).Code);
    }

    [Fact]
    public void Read_DocxWithDoctype_IsUnsafeXml() => Assert.Equal(
        ReadFailureCodes.UnsafeXml,
        ReadingSamples.Failure("a.docx", ReadingSamples.Zip(("word/document.xml", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"))).Code);

    [Fact]
    public void Read_SharedStringThatDoesNotExist_IsMalformed() => Assert.Equal(
        ReadFailureCodes.Malformed,
        ReadingSamples.Failure("a.xlsx", ReadingSamples.Xlsx("""<row><c t="s"><v>7</v></c></row>""")).Code);

    [Fact]
    public void Read_SmallSheetThatRepeatsALongString_IsLimitExceeded() => Assert.Equal(
        ReadFailureCodes.LimitExceeded,
        ReadingSamples.Failure(
            "a.xlsx",
            ReadingSamples.Xlsx(
                string.Concat(Enumerable.Repeat("""<row><c t="s"><v>0</v></c></row>""", 100)),
                $"<si><t>{new string('x', 10_000)}</t></si>"),
            new ReadLimits { MaxExpandedBytes = 200_000 }).Code);

    [Fact]
    public void Read_ArchiveOfSomethingElse_IsUnsupported() =>
        Assert.Equal(ReadFailureCodes.Unsupported, ReadingSamples.Failure("a.docx", ReadingSamples.Zip(("readme.txt", "x"))).Code);
}
