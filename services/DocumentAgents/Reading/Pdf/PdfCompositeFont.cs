using System.Text;

namespace DocumentAgents.Reading.Pdf;

/// <summary>Type 0 fonts: codes of one to four bytes select glyphs of a descendant font.</summary>
internal sealed class PdfCompositeFont : PdfFont
{
    private const double DefaultWidth = 1000;
    private readonly PdfCMap? toUnicode;
    private readonly PdfCMap? encoding;
    private readonly bool isUnicode;
    private readonly PdfGlyphWidths widths;
    private readonly PdfTrueTypeText? program;

    public PdfCompositeFont(PdfDictionary font, PdfCMap? toUnicode, PdfFile file)
    {
        this.toUnicode = toUnicode;
        var name = file.Name(font, "Encoding") ?? "";
        isUnicode = name.StartsWith("Uni", StringComparison.Ordinal);
        encoding = file.Get<PdfStream>(font, "Encoding") is { } stream && PdfFilters.Decode(stream, file) is { } data
            ? PdfCMap.Parse(data, file.Budget)
            : null;
        var descendant = file.Resolve(file.Get<PdfArray>(font, "DescendantFonts")?.Items.FirstOrDefault()) as PdfDictionary
            ?? PdfDictionary.Empty;
        widths = new(file.Get<PdfArray>(descendant, "W"), file.Number(descendant, "DW") ?? DefaultWidth, file);
        program = toUnicode is { HasText: true } || isUnicode ? null : PdfTrueTypeText.Load(descendant, file);
    }

    public override IEnumerable<PdfCharacter> Read(byte[] text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Max(1, Math.Min(text.Length - at, encoding is { HasGlyphs: true } ? encoding.CodeLength(text, at) : 2));
            uint code = 0;
            for (var i = 0; i < length; i++)
            {
                code = (code << 8) | text[at + i];
            }

            at += length;
            var glyph = encoding?.GlyphOf(code) ?? (int)code;
            yield return new(Plain(TextOf(code, glyph)), widths[glyph] / 1000, length == 1 && code == 32);
        }
    }

    private string TextOf(uint code, int glyph) =>
        toUnicode?.TextOf(code)
        ?? program?.TextOf(glyph)
        ?? (isUnicode ? Encoding.BigEndianUnicode.GetString([(byte)(code >> 8), (byte)code]) : "");
}
