namespace DocumentAgents.Reading.Pdf;

/// <summary>Finds and keeps the objects of one file. Nothing is loaded before it is asked for.</summary>
internal sealed class PdfFile
{
    private const int MaxChain = 32;
    private readonly byte[] data;
    private readonly Dictionary<int, PdfObject> loaded = [];
    private readonly Dictionary<int, PdfObjectStream?> objectStreams = [];
    private readonly HashSet<int> loading = [];
    private readonly Dictionary<PdfDictionary, PdfFont> fonts = [];
    private PdfIndex index;
    private PdfDecryption? decryption;
    private int noEndStreamFrom = int.MaxValue;

    private PdfFile(byte[] data, PdfBudget budget)
    {
        this.data = data;
        Budget = budget;
        index = PdfIndex.Unfinished;
        index = PdfIndex.Read(data, this);
        loaded.Clear();
    }

    public PdfBudget Budget { get; }

    public PdfDictionary Trailer => index.Trailer;

    /// <summary>Whether the file was put together by looking for its objects.</summary>
    public bool IsRepaired => index.IsRepaired;

    public static PdfFile Open(byte[] data, PdfBudget budget)
    {
        var file = new PdfFile(data, budget);
        file.SetUpDecryption();
        if (file.Catalog["Pages"] is null || file.Get<PdfDictionary>(file.Catalog, "Pages") is null)
        {
            file.Repair();
        }

        return file;
    }

    public PdfDictionary Catalog => Get<PdfDictionary>(Trailer, "Root") ?? PdfDictionary.Empty;

    /// <summary>The object behind references; null for what does not exist.</summary>
    public PdfObject? Resolve(PdfObject? value)
    {
        for (var hops = 0; value is PdfReference reference; hops++)
        {
            if (hops >= MaxChain)
            {
                return null;
            }

            value = Load(reference.Number);
        }

        return value is PdfNull ? null : value;
    }

    public T? Get<T>(PdfDictionary? dictionary, string key)
        where T : PdfObject => dictionary is null ? null : Resolve(dictionary[key]) as T;

    public double? Number(PdfDictionary? dictionary, string key) => Get<PdfNumber>(dictionary, key)?.Value;

    public string? Name(PdfDictionary? dictionary, string key) => Get<PdfName>(dictionary, key)?.Value;

    public PdfFont Font(PdfDictionary dictionary)
    {
        if (!fonts.TryGetValue(dictionary, out var font))
        {
            fonts[dictionary] = font = PdfFont.Load(dictionary, this);
        }

        return font;
    }

    /// <summary>Reads the object that begins at an offset; null when there is none with that number.</summary>
    public PdfObject? ReadAt(int offset, int? expected)
    {
        if (offset < 0 || offset >= data.Length)
        {
            return null;
        }

        var lexer = new PdfLexer(data, offset, Budget);
        if (lexer.TakeInteger() is not { } number || lexer.TakeInteger() is not { } generation || !lexer.Take("obj"u8)
            || (expected ?? number) != number)
        {
            return null;
        }

        var value = lexer.Next(references: true);
        if (value is PdfDictionary dictionary && lexer.Take("stream"u8))
        {
            value = Stream(dictionary, lexer);
        }

        return decryption is null || value is null ? value : decryption.Undo(value, number, generation, this);
    }

    private PdfObject? Load(int number)
    {
        if (loaded.TryGetValue(number, out var known))
        {
            return known;
        }

        if (!loading.Add(number))
        {
            return null;
        }

        try
        {
            Budget.LoadObject();
            var value = Find(number) ?? PdfNull.Instance;
            loaded[number] = value;
            return value;
        }
        finally
        {
            loading.Remove(number);
        }
    }

    private PdfObject? Find(int number)
    {
        if (!index.Entries.TryGetValue(number, out var entry))
        {
            return null;
        }

        if (entry.InStream)
        {
            return InObjectStream(entry.At)?.Read(number);
        }

        var value = ReadAt(entry.At, number);
        if (value is null && !index.IsRepaired)
        {
            Repair();
            return index.Entries.TryGetValue(number, out entry) && !entry.InStream ? ReadAt(entry.At, number) : null;
        }

        return value;
    }

    private PdfObjectStream? InObjectStream(int number)
    {
        if (!objectStreams.TryGetValue(number, out var stream))
        {
            stream = Load(number) is PdfStream found ? PdfObjectStream.Open(found, this) : null;
            objectStreams[number] = stream;
        }

        return stream;
    }

    private void Repair()
    {
        if (!index.IsRepaired)
        {
            var known = index.Trailer;
            index = PdfIndex.Unfinished;
            index = PdfIndex.Scan(data, this, known);
            loaded.Clear();
            objectStreams.Clear();
            SetUpDecryption();
        }
    }

    private void SetUpDecryption()
    {
        decryption = null;
        if (Trailer["Encrypt"] is { } encrypt)
        {
            var dictionary = Resolve(encrypt) as PdfDictionary ?? throw ReadException.Malformed("the encryption dictionary is missing");
            var key = PdfDecryption.Open(dictionary, this);
            loaded.Clear();
            if (encrypt is PdfReference { Number: var number })
            {
                // Its own strings are not encrypted.
                loaded[number] = dictionary;
            }

            decryption = key;
        }
    }

    private PdfStream Stream(PdfDictionary dictionary, PdfLexer lexer)
    {
        var start = lexer.Position;
        start += start < data.Length && data[start] == '\r' ? 1 : 0;
        start += start < data.Length && data[start] == '\n' ? 1 : 0;
        var length = Number(dictionary, "Length") ?? -1;
        if (length >= 0 && start + length <= data.Length)
        {
            var after = new PdfLexer(data, start + (int)length, Budget);
            if (after.Take("endstream"u8) || after.Take("endobj"u8))
            {
                return new(dictionary, data.AsMemory(start, (int)length));
            }
        }

        return new(dictionary, data.AsMemory(start..EndOfStream(start)));
    }

    private int EndOfStream(int start)
    {
        if (start >= noEndStreamFrom)
        {
            return data.Length;
        }

        var found = data.AsSpan(start).IndexOf("endstream"u8);
        if (found < 0)
        {
            noEndStreamFrom = start;
            return data.Length;
        }

        Budget.Scan(found);
        var end = start + found;
        end -= end > start && data[end - 1] == '\n' ? 1 : 0;
        return end > start && data[end - 1] == '\r' ? end - 1 : end;
    }
}
