namespace DocumentAgents.Reading.Pdf;

/// <summary>Undoes the differences to neighbouring bytes that make data compress better.</summary>
internal static class PdfPredictor
{
    public static byte[] Undo(byte[] data, PdfDictionary? parameters, PdfFile file)
    {
        var predictor = file.Number(parameters, "Predictor") ?? 1;
        if (parameters is null || predictor < 2)
        {
            return data;
        }

        var colors = (int)Math.Clamp(file.Number(parameters, "Colors") ?? 1, 1, 32);
        var bits = (int)Math.Clamp(file.Number(parameters, "BitsPerComponent") ?? 8, 1, 16);
        var columns = (int)Math.Clamp(file.Number(parameters, "Columns") ?? 1, 1, Math.Max(1, data.Length * 8L));
        var pixel = Math.Max(1, colors * bits / 8);
        var row = (int)Math.Min(data.Length, ((long)colors * bits * columns + 7) / 8);
        return predictor >= 10 ? Png(data, row, pixel) : bits == 8 ? Tiff(data, row, pixel) : data;
    }

    private static byte[] Tiff(byte[] data, int row, int pixel)
    {
        for (var at = 0; at < data.Length; at++)
        {
            if (row > 0 && at % row >= pixel)
            {
                data[at] += data[at - pixel];
            }
        }

        return data;
    }

    private static byte[] Png(byte[] data, int row, int pixel)
    {
        var rows = (data.Length + row) / (row + 1);
        var result = new byte[(long)rows * row];
        for (var line = 0; line < rows; line++)
        {
            var source = line * (row + 1);
            var length = Math.Min(row, data.Length - source - 1);
            if (length <= 0)
            {
                return result[..(line * row)];
            }

            Buffer.BlockCopy(data, source + 1, result, line * row, length);
            UndoRow(data[source], result, line * row, row, pixel);
        }

        return result;
    }

    private static void UndoRow(byte filter, byte[] result, int start, int row, int pixel)
    {
        if (filter == 0)
        {
            return;
        }

        for (var i = 0; i < row; i++)
        {
            var left = i >= pixel ? result[start + i - pixel] : 0;
            var up = start >= row ? result[start + i - row] : 0;
            var upLeft = i >= pixel && start >= row ? result[start + i - row - pixel] : 0;
            result[start + i] += filter switch
            {
                1 => (byte)left,
                2 => (byte)up,
                3 => (byte)((left + up) / 2),
                4 => (byte)Paeth(left, up, upLeft),
                _ => 0,
            };
        }
    }

    private static int Paeth(int left, int up, int upLeft)
    {
        var estimate = left + up - upLeft;
        var (toLeft, toUp, toUpLeft) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - upLeft));
        return toLeft <= toUp && toLeft <= toUpLeft ? left : toUp <= toUpLeft ? up : upLeft;
    }
}
