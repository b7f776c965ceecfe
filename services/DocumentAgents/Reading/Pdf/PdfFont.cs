namespace DocumentAgents.Reading.Pdf;

/// <param name="Text">Empty when nobody knows what the glyph means.</param>
/// <param name="Width">In units of the font size.</param>
/// <param name="IsSpace">Whether word spacing applies: the single byte 32.</param>
internal readonly record struct PdfCharacter(string Text, double Width, bool IsSpace);

/// <summary>Turns the strings of a content stream into text and widths.</summary>
internal abstract class PdfFont
{
    public abstract IEnumerable<PdfCharacter> Read(byte[] text);

    public static PdfFont Load(PdfDictionary font, PdfFile file)
    {
        var toUnicode = file.Get<PdfStream>(font, "ToUnicode") is { } stream && PdfFilters.Decode(stream, file) is { } data
            ? PdfCMap.Parse(data, file.Budget)
            : null;
        return file.Name(font, "Subtype") == "Type0"
            ? new PdfCompositeFont(font, toUnicode, file)
            : new PdfSimpleFont(font, toUnicode, file);
    }

    /// <summary>Ligatures become the letters they join, and characters that only steer printing are dropped.</summary>
    protected static string Plain(string text)
    {
        if (text.Length == 1 && text[0] is >= ' ' and < '\u00ad')
        {
            return text;
        }

        return string.Concat(text.Select(c => c switch
        {
            '\ufb00' => "ff",
            '\ufb01' => "fi",
            '\ufb02' => "fl",
            '\ufb03' => "ffi",
            '\ufb04' => "ffl",
            '\ufb05' or '\ufb06' => "st",
            '\u00a0' or '\t' => " ",
            '\u00ad' => "-",
            < ' ' or '\u007f' or '\u200b' or '\ufeff' or '\ufffd' or (>= '\ue000' and <= '\uf8ff') => "",
            _ => c.ToString(),
        }));
    }
}
