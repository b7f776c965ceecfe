using System.Security.Cryptography;

namespace DocumentAgents.Reading.Pdf;

/// <summary>The ciphers of PDF encryption.</summary>
internal static class PdfCiphers
{
    public static byte[] Rc4(byte[] key, byte[] data)
    {
        var state = new byte[256];
        for (var i = 0; i < 256; i++)
        {
            state[i] = (byte)i;
        }

        for (int i = 0, j = 0; i < 256; i++)
        {
            j = (j + state[i] + key[i % key.Length]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
        }

        var result = new byte[data.Length];
        for (int at = 0, i = 0, j = 0; at < data.Length; at++)
        {
            i = (i + 1) & 255;
            j = (j + state[i]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
            result[at] = (byte)(data[at] ^ state[(state[i] + state[j]) & 255]);
        }

        return result;
    }

    /// <summary>AES with the initialization vector in front; what is no whole block is dropped.</summary>
    public static byte[] AesCbc(byte[] key, byte[] data)
    {
        var length = (data.Length - 16) / 16 * 16;
        if (length <= 0)
        {
            return [];
        }

        using var aes = Aes.Create();
        aes.Key = key;
        var plain = aes.DecryptCbc(data.AsSpan(16, length), data.AsSpan(0, 16), PaddingMode.None);
        var padding = plain[^1];
        return padding is >= 1 and <= 16 ? plain[..^padding] : plain;
    }

    /// <summary>One block chain without padding and with a vector of its own.</summary>
    public static byte[] AesCbcEncrypt(byte[] key, byte[] vector, byte[] data)
    {
        using var aes = Aes.Create();
        aes.Key = key;
#pragma warning disable CA5401 // the format prescribes the vector
        return aes.EncryptCbc(data, vector, PaddingMode.None);
#pragma warning restore CA5401
    }

    public static byte[] AesCbcDecryptKey(byte[] key, byte[] data)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return aes.DecryptCbc(data, new byte[16], PaddingMode.None);
    }
}
