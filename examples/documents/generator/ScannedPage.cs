using System.IO.Compression;

namespace DocumentGenerator;

/// <summary>A grey picture, eight bits a pixel.</summary>
internal sealed record Picture(int Width, int Height, byte[] Deflated);

/// <summary>What a scanner makes of a letter: dark strokes in rows, no text.</summary>
internal static class ScannedPage
{
    private const int Width = 420;
    private const int Height = 594;

    public static Picture Draw(int seed)
    {
        var pixels = new byte[Width * Height];
        var state = (uint)seed;
        for (var index = 0; index < pixels.Length; index++)
        {
            pixels[index] = (byte)(246 + Next(ref state, 8));
        }

        for (var row = 60; row < Height - 80; row += 14)
        {
            for (var left = 48; left < Width - 60; left += 6)
            {
                var word = 10 + Next(ref state, 34);
                Word(pixels, left, row, Math.Min(word, Width - 48 - left), ref state);
                left += word;
            }
        }

        using var deflated = new MemoryStream();
        using (var stream = new ZLibStream(deflated, CompressionLevel.Optimal))
        {
            stream.Write(pixels);
        }

        return new(Width, Height, deflated.ToArray());
    }

    private static void Word(byte[] pixels, int left, int top, int width, ref uint state)
    {
        for (var column = left; column < left + width; column += 2)
        {
            var height = 4 + Next(ref state, 3);
            for (var row = top - height; row < top; row++)
            {
                pixels[(row * Width) + column] = (byte)(30 + Next(ref state, 50));
            }
        }
    }

    // A linear congruential generator: the same picture everywhere.
    private static int Next(ref uint state, int below)
    {
        state = (state * 1664525) + 1013904223;
        return (int)((state >> 16) % (uint)below);
    }
}
