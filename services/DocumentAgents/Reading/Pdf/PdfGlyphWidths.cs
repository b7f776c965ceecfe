namespace DocumentAgents.Reading.Pdf;

/// <summary>The <c>W</c> array of a composite font: lists of widths from a glyph on, and ranges that share one.</summary>
internal sealed class PdfGlyphWidths
{
    // Far more than any font has; looking through them must not cost the square of a crafted list.
    private const int MaxRanges = 5_000;
    private readonly Dictionary<int, double> single = [];
    private readonly List<(int First, int Last, double Width)> ranges = [];
    private readonly double otherwise;

    public PdfGlyphWidths(PdfArray? list, double otherwise, PdfFile file)
    {
        this.otherwise = otherwise;
        var items = list?.Items.ConvertAll(item => file.Resolve(item)) ?? [];
        for (var i = 0; i + 1 < items.Count && ranges.Count < MaxRanges;)
        {
            var first = Number(items[i]) ?? 0;
            if (items[i + 1] is PdfArray widths)
            {
                Add((int)first, widths, file);
                i += 2;
            }
            else
            {
                ranges.Add(((int)first, (int)(Number(items[i + 1]) ?? first), Number(items.ElementAtOrDefault(i + 2)) ?? otherwise));
                i += 3;
            }
        }
    }

    private static double? Number(PdfObject? value) => (value as PdfNumber)?.Value;

    private void Add(int first, PdfArray widths, PdfFile file)
    {
        for (var offset = 0; offset < widths.Items.Count; offset++)
        {
            single[unchecked(first + offset)] = Number(file.Resolve(widths.Items[offset])) ?? otherwise;
        }
    }

    public double this[int glyph]
    {
        get
        {
            if (!single.TryGetValue(glyph, out var width))
            {
                var range = ranges.FindIndex(range => glyph >= range.First && glyph <= range.Last);
                width = range < 0 ? otherwise : ranges[range].Width;
                single[glyph] = width;
            }

            return width;
        }
    }
}
