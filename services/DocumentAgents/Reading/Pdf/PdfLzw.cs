namespace DocumentAgents.Reading.Pdf;

/// <summary>The LZW filter: codes of 9 to 12 bits, 256 clears the table, 257 ends.</summary>
internal static class PdfLzw
{
    private const int Clear = 256;
    private const int EndOfData = 257;
    private const int MaxEntries = 4096;

    public static byte[] Decode(byte[] data, double earlyChange, PdfBudget budget)
    {
        var early = earlyChange == 0 ? 0 : 1;
        var result = new MemoryStream();
        var table = new byte[MaxEntries][];
        for (var i = 0; i < 256; i++)
        {
            table[i] = [(byte)i];
        }

        var next = 258;
        byte[]? previous = null;
        var bits = new BitReader(data);
        while (bits.Read(Width(next + early)) is { } code && code != EndOfData)
        {
            if (code == Clear)
            {
                (next, previous) = (258, null);
                continue;
            }

            var entry = code < next ? table[code] : previous is null ? null : [.. previous, previous[0]];
            if (entry is null)
            {
                break;
            }

            if (previous is not null && next < MaxEntries)
            {
                table[next++] = [.. previous, entry[0]];
            }

            budget.Expand(entry.Length);
            result.Write(entry);
            previous = entry;
        }

        return result.ToArray();
    }

    private static int Width(int size) => size < 512 ? 9 : size < 1024 ? 10 : size < 2048 ? 11 : 12;

    private sealed class BitReader(byte[] data)
    {
        private int at;
        private int buffer;
        private int count;

        public int? Read(int width)
        {
            while (count < width)
            {
                if (at >= data.Length)
                {
                    return null;
                }

                buffer = ((buffer << 8) | data[at++]) & 0xFFFFFF;
                count += 8;
            }

            count -= width;
            return (buffer >> count) & ((1 << width) - 1);
        }
    }
}
