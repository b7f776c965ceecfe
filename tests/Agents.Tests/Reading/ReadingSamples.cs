using System.Globalization;
using System.IO.Compression;
using System.Text;
using DocumentAgents.Reading;
using Xunit;

namespace Agents.Tests.Reading;

/// <summary>Reads in one line, and makes the small files the tests read.</summary>
internal static class ReadingSamples
{
    public static ReadResult Read(string name, byte[] bytes, ReadLimits? limits = null) =>
        DocumentReader.Read(name, bytes, limits ?? ReadLimits.Default, TestContext.Current.CancellationToken);

    public static DocumentContent Content(string name, byte[] bytes, ReadLimits? limits = null)
    {
        var result = Read(name, bytes, limits);
        return result is ReadResult.Succeeded { Content: var content }
            ? content
            : throw new InvalidOperationException($"{name}: {((ReadResult.Failed)result).Failure}");
    }

    public static DocumentContent Content(string name, string text, ReadLimits? limits = null) =>
        Content(name, Encoding.UTF8.GetBytes(text), limits);

    public static ReadFailure Failure(string name, byte[] bytes, ReadLimits? limits = null) =>
        Assert.IsType<ReadResult.Failed>(Read(name, bytes, limits)).Failure;

    public static ReadFailure Failure(string name, string text, ReadLimits? limits = null) =>
        Failure(name, Encoding.UTF8.GetBytes(text), limits);

    public static string[] Texts(this DocumentContent content) => [.. content.Lines.Select(line => line.Text)];

    public static byte[] Zip(params (string Name, string Text)[] entries)
    {
        var target = new MemoryStream();
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in entries)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return target.ToArray();
    }

    public static byte[] Docx(string body, params (string Name, string Text)[] more) => Zip(
    [
        ("word/document.xml",
            $"""<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"""),
        .. more,
    ]);

    public static byte[] Xlsx(string rows, string strings = "", string styles = "") => Zip(
        ("xl/workbook.xml", """
            <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
            <sheets><sheet name="Posten" sheetId="1" r:id="rId1"/></sheets></workbook>
            """),
        ("xl/_rels/workbook.xml.rels", """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            <Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>
            """),
        ("xl/sharedStrings.xml", $"<sst>{strings}</sst>"),
        ("xl/styles.xml", $"<styleSheet>{styles}</styleSheet>"),
        ("xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{rows}</sheetData></worksheet>"));

    /// <summary>A file of the given objects, numbered from one, with a cross-reference table; object 1 is the catalogue.</summary>
    public static byte[] Pdf(params string[] objects)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Length; i++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        offsets.ForEach(offset => file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    /// <summary>One page with Helvetica as F1 showing a content stream.</summary>
    public static byte[] PdfPage(string content, string font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>", string page = "", params string[] more) => Pdf(
    [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>{page}>>",
        Stream(content),
        font,
        .. more,
    ]);

    public static string Stream(string data, string entries = "") =>
        string.Create(CultureInfo.InvariantCulture, $"<</Length {data.Length}{entries}>>\nstream\n{data}\nendstream");

    public static string Deflated(string data, string entries = "")
    {
        var target = new MemoryStream();
        using (var stream = new ZLibStream(target, CompressionLevel.Optimal))
        {
            stream.Write(Encoding.Latin1.GetBytes(data));
        }

        return Stream(Encoding.Latin1.GetString(target.ToArray()), "/Filter/FlateDecode" + entries);
    }

    public static byte[] Inflated(string base64)
    {
        var target = new MemoryStream();
        using var stream = new ZLibStream(new MemoryStream(Convert.FromBase64String(base64)), CompressionMode.Decompress);
        stream.CopyTo(target);
        return target.ToArray();
    }
}
