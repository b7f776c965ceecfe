using System.Text;
using System.Text.RegularExpressions;

namespace DocumentAgents.Reading.Pdf;

/// <summary>The encoding that an embedded Type 1 font brings along, written in clear at its beginning.</summary>
internal static partial class PdfType1Program
{
    public static void TakeEncoding(PdfDictionary font, string[] texts, PdfFile file)
    {
        var descriptor = file.Get<PdfDictionary>(font, "FontDescriptor");
        if (file.Get<PdfStream>(descriptor, "FontFile") is not { } program || PdfFilters.Decode(program, file) is not { } data)
        {
            return;
        }

        var length = (int)Math.Clamp(file.Number(program.Dictionary, "Length1") ?? 0, 0, Math.Min(data.Length, 64 * 1024));
        foreach (Match entry in Entry().Matches(Encoding.Latin1.GetString(data, 0, length)))
        {
            var code = int.Parse(entry.Groups["code"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            if (code < 256)
            {
                texts[code] = PdfGlyphNames.TextOf(entry.Groups["name"].Value) ?? "";
            }
        }
    }

    [GeneratedRegex(@"\bdup\s+(?<code>\d{1,3})\s*/(?<name>[A-Za-z0-9_.]+)\s+put\b", RegexOptions.CultureInvariant)]
    private static partial Regex Entry();
}
