using System.Globalization;
using System.Text;

namespace DocumentAgents.Reading.Pdf;

/// <param name="At">The offset in the file, or the number of the object stream.</param>
internal readonly record struct PdfEntry(int At, bool InStream);

/// <summary>
/// Where every object is: from the cross-reference tables and streams, or by looking for all objects when those are broken.
/// </summary>
internal sealed class PdfIndex
{
    private readonly Dictionary<int, PdfEntry> entries = [];

    public IReadOnlyDictionary<int, PdfEntry> Entries => entries;

    public PdfDictionary Trailer { get; private set; } = PdfDictionary.Empty;

    public bool IsRepaired { get; private init; }

    /// <summary>What stands in while an index is being read: it knows nothing, so that reading cannot go round in circles.</summary>
    public static PdfIndex Unfinished => new() { IsRepaired = true };

    public static PdfIndex Read(byte[] data, PdfFile file)
    {
        var index = new PdfIndex();
        var tail = data.AsSpan().LastIndexOf("startxref"u8);
        var next = tail < 0 ? null : new PdfLexer(data, tail + "startxref".Length, file.Budget).TakeInteger();
        var seen = new HashSet<int>();
        while (next is { } offset && offset < data.Length && seen.Add(offset) && seen.Count < 1000)
        {
            next = index.ReadSection(data, offset, file, seen);
        }

        return index.Trailer["Root"] is null ? Scan(data, file, index.Trailer) : index;
    }

    /// <summary>Looks through the whole file for objects and trailers.</summary>
    public static PdfIndex Scan(byte[] data, PdfFile file, PdfDictionary known)
    {
        var index = new PdfIndex { IsRepaired = true, Trailer = known };
        for (var at = 0; data.AsSpan(at).IndexOf("obj"u8) is var found and >= 0; at += found + 3)
        {
            if (StartOfObject(data, at + found) is { } start)
            {
                index.entries[start.Number] = new(start.Offset, false);
            }
        }

        index.ScanTrailers(data, file);
        index.AddFromStreams(data, file);
        return index;
    }

    private int? ReadSection(byte[] data, int offset, PdfFile file, HashSet<int> seen)
    {
        var lexer = new PdfLexer(data, offset, file.Budget);
        if (!lexer.Take("xref"u8))
        {
            return file.ReadAt(offset, null) is PdfStream stream ? ReadStream(stream, file) : null;
        }

        while (lexer.TakeInteger() is { } first && lexer.TakeInteger() is { } count)
        {
            ReadSubsection(lexer, first, count);
        }

        if (!lexer.Take("trailer"u8) || lexer.Next(references: true) is not PdfDictionary trailer)
        {
            return null;
        }

        Merge(trailer);
        if (trailer["XRefStm"] is PdfNumber { Int: var hybrid } && seen.Add(hybrid) && file.ReadAt(hybrid, null) is PdfStream extra)
        {
            _ = ReadStream(extra, file);
        }

        return (trailer["Prev"] as PdfNumber)?.Int;
    }

    private void ReadSubsection(PdfLexer lexer, int first, int count)
    {
        for (var i = 0; i < count && lexer.TakeInteger() is { } offset && lexer.TakeInteger() is not null; i++)
        {
            var used = lexer.Take("n"u8);
            if (!used && !lexer.Take("f"u8))
            {
                return;
            }

            if (used && offset > 0)
            {
                entries.TryAdd(first + i, new(offset, false));
            }
        }
    }

    private int? ReadStream(PdfStream stream, PdfFile file)
    {
        var widths = Integers(stream.Dictionary, "W", file);
        if (widths.Length < 3 || widths.Any(width => width is < 0 or > 8) || widths[1] == 0
            || PdfFilters.Decode(stream, file) is not { } data)
        {
            return null;
        }

        Merge(stream.Dictionary);
        var ranges = Integers(stream.Dictionary, "Index", file);
        ranges = ranges.Length > 0 ? ranges : [0, (int)(file.Number(stream.Dictionary, "Size") ?? 0)];
        var at = 0;
        foreach (var range in ranges.Chunk(2).Where(range => range.Length == 2))
        {
            ReadRange(range[0], range[1], data, ref at, widths);
        }

        return file.Get<PdfNumber>(stream.Dictionary, "Prev")?.Int;
    }

    private void ReadRange(int first, int count, byte[] data, ref int at, int[] widths)
    {
        var length = widths[0] + widths[1] + widths[2];
        for (var i = 0; i < count && at + length <= data.Length; i++)
        {
            var type = widths[0] == 0 ? 1 : Field(data, ref at, widths[0]);
            var second = Field(data, ref at, widths[1]);
            at += widths[2];
            if (type is 1 or 2 && second is > 0 and < int.MaxValue)
            {
                entries.TryAdd(unchecked(first + i), new((int)second, type == 2));
            }
        }
    }

    private static int[] Integers(PdfDictionary dictionary, string key, PdfFile file) =>
        [.. (file.Get<PdfArray>(dictionary, key)?.Items ?? []).Select(item => (item as PdfNumber)?.Int ?? 0)];

    private static long Field(byte[] data, ref int at, int width)
    {
        long value = 0;
        for (var i = 0; i < width; i++)
        {
            value = (value << 8) | data[at++];
        }

        return value;
    }

    // The newest trailer comes first; older ones only fill gaps.
    private void Merge(PdfDictionary older)
    {
        var merged = new Dictionary<string, PdfObject>(older.Entries);
        foreach (var (key, value) in Trailer.Entries)
        {
            merged[key] = value;
        }

        Trailer = new(merged);
    }

    private void ScanTrailers(byte[] data, PdfFile file)
    {
        for (var at = 0; data.AsSpan(at).IndexOf("trailer"u8) is var found and >= 0;)
        {
            at += found + "trailer".Length;
            if (new PdfLexer(data, at, file.Budget).Next(references: true) is PdfDictionary trailer && trailer["Root"] is not null)
            {
                Trailer = new(new(trailer.Entries));
            }
        }
    }

    private void AddFromStreams(byte[] data, PdfFile file)
    {
        foreach (var (number, entry) in entries.ToList())
        {
            var head = Encoding.Latin1.GetString(data, entry.At, Math.Min(400, data.Length - entry.At));
            var end = head.IndexOf("stream", StringComparison.Ordinal);
            head = end < 0 ? head : head[..end];
            if (head.Contains("/ObjStm", StringComparison.Ordinal) && file.ReadAt(entry.At, number) is PdfStream packed)
            {
                foreach (var inner in PdfObjectStream.Open(packed, file)?.Numbers ?? [])
                {
                    entries.TryAdd(inner, new(number, true));
                }
            }
            else if (head.Contains("/XRef", StringComparison.Ordinal)
                && file.ReadAt(entry.At, number) is PdfStream { Dictionary: var trailer })
            {
                Merge(trailer);
            }
            else if (Trailer["Root"] is null && head.Contains("/Catalog", StringComparison.Ordinal))
            {
                Merge(new(new() { ["Root"] = new PdfReference(number) }));
            }
        }
    }

    // Whether "obj" stands behind two numbers, and where the first of them begins.
    private static (int Number, int Offset)? StartOfObject(byte[] data, int at)
    {
        if (Back(data, ref at) is null || Back(data, ref at) is not { } number)
        {
            return null;
        }

        return (number, at);
    }

    private static int? Back(byte[] data, ref int at)
    {
        var end = at;
        while (end > 0 && PdfLexer.IsBlank(data[end - 1]))
        {
            end--;
        }

        var start = end;
        while (start > 0 && end - start < 10 && data[start - 1] is >= (byte)'0' and <= (byte)'9')
        {
            start--;
        }

        at = start;
        return int.TryParse(data.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
