using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DocumentAgents.Reading.Pdf;

/// <summary>The file key for an empty user password (ISO 32000-1, 7.6.3; ISO 32000-2, 7.6.4).</summary>
internal static class PdfPassword
{
    private static readonly byte[] Padding =
    [
        0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08,
        0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
    ];

    /// <summary>Null when the empty password does not open the file.</summary>
    public static byte[]? Empty(PdfDictionary encrypt, int version, PdfFile file)
    {
        var owner = file.Get<PdfString>(encrypt, "O")?.Bytes ?? [];
        var user = file.Get<PdfString>(encrypt, "U")?.Bytes ?? [];
        var revision = (int)(file.Number(encrypt, "R") ?? 0);
        if (owner.Length < 32 || user.Length < 32)
        {
            throw ReadException.Malformed("the encryption dictionary is incomplete");
        }

        return version == 5 ? Revision5(user, revision, encrypt, file) : Revision4(owner, user, revision, version, encrypt, file);
    }

#pragma warning disable CA5351 // the format prescribes MD5
    private static byte[]? Revision4(byte[] owner, byte[] user, int revision, int version, PdfDictionary encrypt, PdfFile file)
    {
        var length = KeyLength(revision, version, encrypt, file);
        var id = (file.Get<PdfArray>(file.Trailer, "ID")?.Items.FirstOrDefault() as PdfString)?.Bytes ?? [];
        var permissions = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(permissions, unchecked((int)(long)(file.Number(encrypt, "P") ?? 0)));
        var plainMetadata = revision >= 4 && file.Get<PdfBoolean>(encrypt, "EncryptMetadata") is { Value: false };
        byte[] input = [.. Padding, .. owner.AsSpan(0, 32), .. permissions, .. id, .. plainMetadata ? (byte[])[255, 255, 255, 255] : []];
        var key = MD5.HashData(input);
        for (var i = 0; revision >= 3 && i < 50; i++)
        {
            key = MD5.HashData(key.AsSpan(0, length));
        }

        key = key[..length];
        return UserEntry(key, id, revision).AsSpan().SequenceEqual(user.AsSpan(0, revision >= 3 ? 16 : 32)) ? key : null;
    }

    private static int KeyLength(int revision, int version, PdfDictionary encrypt, PdfFile file) => version switch
    {
        1 => 5,
        4 => 16,
        _ => revision == 2 ? 5 : (int)Math.Clamp((file.Number(encrypt, "Length") ?? 40) / 8, 5, 16),
    };

    private static byte[] UserEntry(byte[] key, byte[] id, int revision)
    {
        if (revision < 3)
        {
            return PdfCiphers.Rc4(key, Padding);
        }

        var entry = PdfCiphers.Rc4(key, MD5.HashData([.. Padding, .. id]));
        for (var i = 1; i <= 19; i++)
        {
            entry = PdfCiphers.Rc4([.. key.Select(b => (byte)(b ^ i))], entry);
        }

        return entry;
    }
#pragma warning restore CA5351

    private static byte[]? Revision5(byte[] user, int revision, PdfDictionary encrypt, PdfFile file)
    {
        var wrapped = file.Get<PdfString>(encrypt, "UE")?.Bytes ?? [];
        if (user.Length < 48 || wrapped.Length < 32)
        {
            throw ReadException.Malformed("the encryption dictionary is incomplete");
        }

        if (!Hash(user[32..40], revision).AsSpan().SequenceEqual(user.AsSpan(0, 32)))
        {
            return null;
        }

        return PdfCiphers.AesCbcDecryptKey(Hash(user[40..48], revision), wrapped[..32]);
    }

    // Algorithm 2.B with an empty password; revision 5 is one round of SHA-256.
    private static byte[] Hash(byte[] salt, int revision)
    {
        var key = SHA256.HashData(salt);
        if (revision < 6)
        {
            return key;
        }

        byte last = 255;
        for (var round = 0; round < 64 || last > round - 32; round++)
        {
            var repeated = Enumerable.Repeat(key, 64).SelectMany(bytes => bytes).ToArray();
            var encrypted = PdfCiphers.AesCbcEncrypt(key[..16], key[16..32], repeated);
            key = (encrypted.AsSpan(0, 16).ToArray().Sum(b => b) % 3) switch
            {
                0 => SHA256.HashData(encrypted),
                1 => SHA384.HashData(encrypted),
                _ => SHA512.HashData(encrypted),
            };
            last = encrypted[^1];
        }

        return key[..32];
    }
}
