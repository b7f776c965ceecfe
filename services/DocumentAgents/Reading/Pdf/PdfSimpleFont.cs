namespace DocumentAgents.Reading.Pdf;

/// <summary>Type 1, TrueType and Type 3 fonts: one byte is one glyph.</summary>
internal sealed class PdfSimpleFont : PdfFont
{
    private readonly PdfCharacter[] characters = new PdfCharacter[256];

    public PdfSimpleFont(PdfDictionary font, PdfCMap? toUnicode, PdfFile file)
    {
        var texts = Texts(font, file);
        var widths = Widths(font, file);
        for (var code = 0; code < 256; code++)
        {
            var text = toUnicode?.TextOf((uint)code) ?? texts[code];
            characters[code] = new(Plain(text), widths(code, texts[code]), code == 32);
        }
    }

    public override IEnumerable<PdfCharacter> Read(byte[] text) => text.Select(b => characters[b]);

    private static string[] Texts(PdfDictionary font, PdfFile file)
    {
        var encoding = file.Resolve(font["Encoding"]);
        var name = (encoding as PdfName)?.Value ?? file.Name(encoding as PdfDictionary, "BaseEncoding");
        var table = PdfEncodings.Named(name ?? (file.Name(font, "Subtype") == "Type1" ? "StandardEncoding" : null));
        var texts = new string[256];
        for (var code = 0; code < 256; code++)
        {
            texts[code] = table[code] == '\0' ? "" : table[code].ToString();
        }

        if (name is null)
        {
            PdfType1Program.TakeEncoding(font, texts, file);
        }

        TakeDifferences(encoding as PdfDictionary, texts, file);
        return texts;
    }

    private static void TakeDifferences(PdfDictionary? encoding, string[] texts, PdfFile file)
    {
        var code = 0;
        foreach (var item in file.Get<PdfArray>(encoding, "Differences")?.Items ?? [])
        {
            if (file.Resolve(item) is PdfNumber number)
            {
                code = number.Int;
            }
            else if (item is PdfName name && code is >= 0 and < 256)
            {
                texts[code++] = PdfGlyphNames.TextOf(name.Value) ?? "";
            }
        }
    }

    private static Func<int, string, double> Widths(PdfDictionary font, PdfFile file)
    {
        var first = (int)(file.Number(font, "FirstChar") ?? 0);
        var list = file.Get<PdfArray>(font, "Widths")?.Items;
        var missing = file.Number(file.Get<PdfDictionary>(font, "FontDescriptor"), "MissingWidth") ?? 0;
        if (list is null)
        {
            var standard = PdfStandardWidths.Of(file.Name(font, "BaseFont") ?? "");
            return (_, text) => standard(text) / 1000;
        }

        var scale = Scale(font, file);
        return (code, _) =>
            (code >= first && code - first < list.Count && file.Resolve(list[code - first]) is PdfNumber width
            ? width.Value
            : missing) * scale;
    }

    // Type 3 fonts have a glyph space of their own.
    private static double Scale(PdfDictionary font, PdfFile file) =>
        file.Name(font, "Subtype") == "Type3" && file.Get<PdfArray>(font, "FontMatrix")?.Items is [PdfNumber { Value: not 0 } a, ..]
            ? Math.Abs(a.Value)
            : 0.001;
}
