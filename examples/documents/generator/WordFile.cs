using System.Text;

namespace DocumentGenerator;

/// <summary>
/// Makes a DOCX of marked lines: <c># </c> title, <c>## </c> heading, <c>* </c> bold, <c>| a | b |</c> rows of a table, else a paragraph.
/// </summary>
internal static class WordFile
{
    private const string Space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private const string Styles = $"""
        <w:styles xmlns:w="{Space}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:rPr><w:sz w:val="22"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style></w:styles>
        """;

    public static byte[] Write(IReadOnlyList<string> lines)
    {
        var body = new StringBuilder();
        for (var index = 0; index < lines.Count; index++)
        {
            var inTable = IsRow(lines[index]);
            body.Append(inTable && (index == 0 || !IsRow(lines[index - 1]))
                ? "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr>"
                : "");
            body.Append(inTable ? Row(lines[index]) : Paragraph(lines[index]));
            body.Append(inTable && (index + 1 == lines.Count || !IsRow(lines[index + 1])) ? "</w:tbl>" : "");
        }

        var document = $"<w:document xmlns:w=\"{Space}\"><w:body>{body}<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr></w:body></w:document>";
        return Package.Write("word/document.xml",
        [
            ("word/document.xml", "wordprocessingml.document.main", document),
            ("word/styles.xml", "wordprocessingml.styles", Styles),
        ]);
    }

    private static bool IsRow(string line) => line.StartsWith('|');

    private static string Row(string line) =>
        $"<w:tr>{string.Concat(line.Trim().Trim('|').Split('|').Select(cell => $"<w:tc><w:tcPr/>{Paragraph(cell.Trim())}</w:tc>"))}</w:tr>";

    private static string Paragraph(string line) => line switch
    {
        ['#', '#', ' ', .. var heading] => $"<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>{Run(heading, "")}</w:p>",
        ['#', ' ', .. var title] => $"<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr>{Run(title, "")}</w:p>",
        ['*', ' ', .. var strong] => $"<w:p>{Run(strong, "<w:rPr><w:b/></w:rPr>")}</w:p>",
        "" => "<w:p/>",
        _ => $"<w:p>{Run(line, "")}</w:p>",
    };

    private static string Run(string text, string properties)
    {
        var pieces = text.Split('\t').Select(piece => $"<w:t xml:space=\"preserve\">{Package.Escape(piece)}</w:t>");
        return $"<w:r>{properties}{string.Join("<w:tab/>", pieces)}</w:r>";
    }
}
