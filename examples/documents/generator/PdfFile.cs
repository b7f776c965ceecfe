using System.Globalization;
using System.Text;

namespace DocumentGenerator;

/// <summary>Puts pages into the objects, the cross-reference table and the trailer of a PDF.</summary>
internal sealed class PdfFile(MemoryStream file)
{
    private const string Fonts = "/F1 3 0 R /F2 4 0 R /F3 5 0 R";
    private readonly SortedDictionary<int, long> offsets = [];

    public static byte[] Write(IReadOnlyList<PdfPage> pages)
    {
        using var file = new MemoryStream();
        var pdf = new PdfFile(file);
        pdf.Text("%PDF-1.4\n");
        var firstPage = 6;
        pdf.Object(1, "<< /Type /Catalog /Pages 2 0 R >>");
        pdf.Object(2, $"<< /Type /Pages /Count {pages.Count} /Kids [{string.Join(' ', pages.Select((_, index) => $"{firstPage + (3 * index)} 0 R"))}] >>");
        foreach (var (number, face) in new[] { (3, "Helvetica"), (4, "Helvetica-Bold"), (5, "Courier") })
        {
            pdf.Object(number, $"<< /Type /Font /Subtype /Type1 /BaseFont /{face} /Encoding /WinAnsiEncoding >>");
        }

        for (var index = 0; index < pages.Count; index++)
        {
            pdf.Page(firstPage + (3 * index), pages[index]);
        }

        pdf.End();
        return file.ToArray();
    }

    private void Page(int number, PdfPage page)
    {
        var resources = page.Picture is null ? $"/Font << {Fonts} >>" : $"/XObject << /Im0 {number + 2} 0 R >>";
        Object(number, $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << {resources} >> /Contents {number + 1} 0 R >>");
        if (page.Picture is not { } picture)
        {
            Stream(number + 1, "", Encoding.Latin1.GetBytes(page.Content.ToString()));
            Object(number + 2, "null");
            return;
        }

        Stream(number + 1, "", "q 595 0 0 842 0 0 cm /Im0 Do Q"u8);
        Stream(
            number + 2,
            $"/Type /XObject /Subtype /Image /Width {picture.Width} /Height {picture.Height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode ",
            picture.Deflated);
    }

    private void Object(int number, string content)
    {
        offsets[number] = file.Length;
        Text($"{number} 0 obj\n{content}\nendobj\n");
    }

    private void Stream(int number, string entries, ReadOnlySpan<byte> bytes)
    {
        offsets[number] = file.Length;
        Text($"{number} 0 obj\n<< {entries}/Length {bytes.Length} >>\nstream\n");
        file.Write(bytes);
        Text("\nendstream\nendobj\n");
    }

    private void End()
    {
        var start = file.Length;
        Text($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets.Values)
        {
            Text(string.Create(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n"));
        }

        Text($"trailer\n<< /Size {offsets.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    }

    private void Text(string text) => file.Write(Encoding.Latin1.GetBytes(text));
}
