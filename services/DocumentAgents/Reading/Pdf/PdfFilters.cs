using System.IO.Compression;

namespace DocumentAgents.Reading.Pdf;

/// <summary>Undoes the filters of a stream. Images are not unpacked: nothing here looks at pictures.</summary>
internal static class PdfFilters
{
    /// <summary>
    /// The plain bytes, or null when a filter is one of images or unknown. Broken data gives what could be read before the break.
    /// </summary>
    public static byte[]? Decode(PdfStream stream, PdfFile file)
    {
        if (stream.Decoded is not null)
        {
            return stream.Decoded;
        }

        var filters = List(file, stream.Dictionary["Filter"] ?? stream.Dictionary["F"]);
        var parameters = List(file, stream.Dictionary["DecodeParms"] ?? stream.Dictionary["DP"]);
        var data = stream.Raw.ToArray();
        for (var i = 0; i < filters.Count; i++)
        {
            var parameter = i < parameters.Count ? parameters[i] as PdfDictionary : null;
            if ((filters[i] as PdfName)?.Value is not { } name || Apply(name, data, parameter, file) is not { } decoded)
            {
                return null;
            }

            data = decoded;
        }

        file.Budget.Expand(filters.Count == 0 ? data.Length : 0);
        return stream.Decoded = data;
    }

    private static byte[]? Apply(string filter, byte[] data, PdfDictionary? parameters, PdfFile file) => filter switch
    {
        "FlateDecode" or "Fl" => PdfPredictor.Undo(Inflate(data, file.Budget), parameters, file),
        "LZWDecode" or "LZW" =>
            PdfPredictor.Undo(PdfLzw.Decode(data, file.Number(parameters, "EarlyChange") ?? 1, file.Budget), parameters, file),
        "ASCII85Decode" or "A85" => Ascii85(data, file.Budget),
        "ASCIIHexDecode" or "AHx" =>
            PdfStrings.FromHex(data.AsSpan(0, data.AsSpan().IndexOf((byte)'>') is var end and >= 0 ? end : data.Length)),
        "RunLengthDecode" or "RL" => RunLength(data, file.Budget),
        "Crypt" => data,
        _ => null,
    };

    private static List<PdfObject> List(PdfFile file, PdfObject? value) => file.Resolve(value) switch
    {
        PdfArray array => array.Items.ConvertAll(item => file.Resolve(item) ?? PdfNull.Instance),
        null or PdfNull => [],
        var single => [single],
    };

    private static byte[] Inflate(byte[] data, PdfBudget budget)
    {
        var result = Inflate(new ZLibStream(new MemoryStream(data), CompressionMode.Decompress), budget);
        // A wrong header or checksum does not matter as long as the data behind it is there.
        return result.Length > 0 || data.Length < 3
            ? result
            : Inflate(new DeflateStream(new MemoryStream(data, 2, data.Length - 2), CompressionMode.Decompress), budget);
    }

    private static byte[] Inflate(Stream stream, PdfBudget budget)
    {
        using (stream)
        {
            var target = new MemoryStream();
            var buffer = new byte[32_768];
            try
            {
                for (int read; (read = stream.Read(buffer)) > 0;)
                {
                    budget.Expand(read);
                    target.Write(buffer, 0, read);
                }
            }
            catch (InvalidDataException)
            {
                // What came before the break is kept.
            }

            return target.ToArray();
        }
    }

    private static byte[] Ascii85(byte[] data, PdfBudget budget)
    {
        // What it will come to is known before: a z is four bytes, five others are four.
        var zeros = data.AsSpan().Count((byte)'z');
        budget.Expand((4L * zeros) + ((data.Length - zeros) * 4L / 5));
        var result = new List<byte>(data.Length);
        uint group = 0;
        var count = 0;
        foreach (var b in data)
        {
            if (b == '~')
            {
                break;
            }

            if (b == 'z' && count == 0)
            {
                result.AddRange([0, 0, 0, 0]);
            }
            else if (b is >= (byte)'!' and <= (byte)'u')
            {
                group = unchecked(group * 85 + (uint)(b - '!'));
                if (++count == 5)
                {
                    AddGroup(result, group, 4);
                    (group, count) = (0, 0);
                }
            }
        }

        for (var missing = count; missing is > 1 and < 5; missing++)
        {
            group = unchecked(group * 85 + 84);
        }

        AddGroup(result, group, count > 1 ? count - 1 : 0);
        return [.. result];
    }

    private static void AddGroup(List<byte> result, uint group, int bytes)
    {
        for (var i = 0; i < bytes; i++)
        {
            result.Add((byte)(group >> (24 - 8 * i)));
        }
    }

    private static byte[] RunLength(byte[] data, PdfBudget budget)
    {
        var result = new List<byte>(data.Length * 2);
        for (var at = 0; at < data.Length && data[at] != 128;)
        {
            var length = data[at++];
            if (length < 128)
            {
                var count = Math.Min(length + 1, data.Length - at);
                budget.Expand(count);
                result.AddRange(data.AsSpan(at, count));
                at += count;
            }
            else if (at < data.Length)
            {
                budget.Expand(257 - length);
                result.AddRange(Enumerable.Repeat(data[at++], 257 - length));
            }
        }

        return [.. result];
    }
}
