using System.Buffers.Binary;

namespace DocumentAgents.Reading.Pdf;

/// <summary>
/// The characters of the glyphs of an embedded TrueType font, from its own character map, for files that do not say what their text means.
/// </summary>
internal sealed class PdfTrueTypeText(Dictionary<int, string> characters)
{
    private const int MaxCodes = 200_000;

    public string? TextOf(int glyph) => characters.GetValueOrDefault(glyph);

    public static PdfTrueTypeText? Load(PdfDictionary descendant, PdfFile file)
    {
        var descriptor = file.Get<PdfDictionary>(descendant, "FontDescriptor");
        if (file.Get<PdfStream>(descriptor, "FontFile2") is not { } program
            || file.Get<PdfStream>(descendant, "CIDToGIDMap") is not null
            || PdfFilters.Decode(program, file) is not { } data)
        {
            return null;
        }

        var characters = new Dictionary<int, string>();
        if (Table(data, "cmap"u8) is { } cmap && UnicodeMap(data, cmap) is { } map)
        {
            ReadSegments(data, map, characters);
        }

        return new(characters);
    }

    private static int? Table(byte[] data, ReadOnlySpan<byte> tag)
    {
        var count = UInt16(data, 4);
        for (var i = 0; i < count; i++)
        {
            var record = 12 + i * 16;
            if (record + 16 <= data.Length && data.AsSpan(record, 4).SequenceEqual(tag))
            {
                return (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(record + 8)));
            }
        }

        return null;
    }

    // The offset of a format 4 map for Unicode (platform 0, or 3 with encoding 1).
    private static int? UnicodeMap(byte[] data, int cmap)
    {
        var count = UInt16(data, cmap + 2);
        for (var i = 0; i < count; i++)
        {
            var record = cmap + 4 + i * 8;
            var platform = UInt16(data, record);
            var map = (long)cmap + (UInt16(data, record + 4) << 16) + UInt16(data, record + 6);
            if ((platform == 0 || (platform == 3 && UInt16(data, record + 2) == 1)) && map < data.Length && UInt16(data, (int)map) == 4)
            {
                return (int)map;
            }
        }

        return null;
    }

    private static void ReadSegments(byte[] data, int map, Dictionary<int, string> characters)
    {
        var segments = UInt16(data, map + 6) / 2;
        var codes = 0;
        for (var i = 0; i < segments; i++)
        {
            var end = UInt16(data, map + 14 + i * 2);
            var start = UInt16(data, map + 16 + (segments + i) * 2);
            var delta = UInt16(data, map + 16 + (segments * 2 + i) * 2);
            var offsetAt = map + 16 + (segments * 3 + i) * 2;
            var offset = UInt16(data, offsetAt);
            for (var code = start; code <= end && code < 0xFFFF && !char.IsSurrogate((char)code) && codes < MaxCodes; code++, codes++)
            {
                var stored = offset == 0 ? code : UInt16(data, offsetAt + offset + (code - start) * 2);
                var glyph = stored == 0 ? 0 : (stored + delta) & 0xFFFF;
                if (glyph != 0)
                {
                    characters.TryAdd(glyph, ((char)code).ToString());
                }
            }
        }
    }

    // Beyond the end there are zeros.
    private static int UInt16(byte[] data, long at) => at >= 0 && at + 2 <= data.Length ? data[at] << 8 | data[at + 1] : 0;
}
