using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DocumentAgents.Reading.Pdf;

/// <summary>Opens files that anybody may read (the standard handler with an empty user password); others are <c>encrypted</c>.</summary>
internal sealed class PdfDecryption
{
    private readonly byte[] key;
    private readonly string streams;
    private readonly string strings;

    private PdfDecryption(byte[] key, string streams, string strings)
    {
        this.key = key;
        this.streams = streams;
        this.strings = strings;
    }

    public static PdfDecryption Open(PdfDictionary encrypt, PdfFile file)
    {
        var version = (int)(file.Number(encrypt, "V") ?? 0);
        if (file.Name(encrypt, "Filter") != "Standard" || version is not (1 or 2 or 4 or 5))
        {
            throw Refused("protected by a security handler that is not known");
        }

        var key = PdfPassword.Empty(encrypt, version, file) ?? throw Refused("protected with a password");
        return version < 4
            ? new(key, "V2", "V2")
            : new(key, Method(encrypt, "StmF", file), Method(encrypt, "StrF", file));
    }

    public PdfObject Undo(PdfObject value, int number, int generation, PdfFile file) => value switch
    {
        PdfString text => new PdfString(Undo(text.Bytes, strings, number, generation)),
        PdfArray array => new PdfArray(array.Items.ConvertAll(item => Undo(item, number, generation, file))),
        PdfDictionary dictionary => Undo(dictionary, number, generation, file),
        PdfStream stream => Undo(stream, number, generation, file),
        _ => value,
    };

    private PdfDictionary Undo(PdfDictionary dictionary, int number, int generation, PdfFile file) =>
        new(dictionary.Entries.ToDictionary(entry => entry.Key, entry => Undo(entry.Value, number, generation, file)));

    private PdfStream Undo(PdfStream stream, int number, int generation, PdfFile file)
    {
        var type = (stream.Dictionary["Type"] as PdfName)?.Value;
        var plain = type == "XRef" || (stream.Dictionary["Filter"] is PdfArray { Items: [PdfName { Value: "Crypt" }, ..] });
        return new(
            Undo(stream.Dictionary, number, generation, file),
            plain ? stream.Raw : Undo(stream.Raw.ToArray(), streams, number, generation));
    }

    private byte[] Undo(byte[] data, string method, int number, int generation) => method switch
    {
        "V2" => PdfCiphers.Rc4(ObjectKey(number, generation, aes: false), data),
        "AESV2" => PdfCiphers.AesCbc(ObjectKey(number, generation, aes: true), data),
        "AESV3" => PdfCiphers.AesCbc(key, data),
        _ => data,
    };

    private byte[] ObjectKey(int number, int generation, bool aes)
    {
        var input = new byte[key.Length + 5 + (aes ? 4 : 0)];
        key.CopyTo(input, 0);
        Span<byte> numbers = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(numbers, number);
        BinaryPrimitives.WriteInt32LittleEndian(numbers[4..], generation);
        numbers[..3].CopyTo(input.AsSpan(key.Length));
        numbers[4..6].CopyTo(input.AsSpan(key.Length + 3));
        if (aes)
        {
            "sAlT"u8.CopyTo(input.AsSpan(key.Length + 5));
        }

#pragma warning disable CA5351 // the format prescribes MD5
        return MD5.HashData(input)[..Math.Min(16, key.Length + 5)];
#pragma warning restore CA5351
    }

    private static string Method(PdfDictionary encrypt, string use, PdfFile file)
    {
        var filter = file.Name(encrypt, use) ?? "Identity";
        var filters = file.Get<PdfDictionary>(encrypt, "CF");
        return filter == "Identity" ? "None" : file.Name(file.Get<PdfDictionary>(filters, filter), "CFM") ?? "None";
    }

    private static ReadException Refused(string message) => new(new(ReadFailureCodes.Encrypted, message));
}
