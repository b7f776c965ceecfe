using System.Text;

namespace DocumentAgents.Reading.Pdf;

/// <summary>The objects a PDF is made of (ISO 32000-1, 7.3).</summary>
internal abstract class PdfObject
{
}

internal sealed class PdfNull : PdfObject
{
    public static PdfNull Instance { get; } = new();
}

internal sealed class PdfBoolean(bool value) : PdfObject
{
    public bool Value => value;
}

internal sealed class PdfNumber(double value) : PdfObject
{
    public double Value => value;

    /// <summary>The number as an integer, clamped where it has none.</summary>
    public int Int => value is >= int.MinValue and <= int.MaxValue ? (int)value : value > 0 ? int.MaxValue : int.MinValue;
}

internal sealed class PdfString(byte[] bytes) : PdfObject
{
    public byte[] Bytes => bytes;

    /// <summary>
    /// As text: UTF-16 or UTF-8 by its mark, else PDFDocEncoding, which is near enough to Windows-1252 for titles and names.
    /// </summary>
    public string Text => bytes switch
    {
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2)),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes.AsSpan(2)),
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes.AsSpan(3)),
        _ => PdfEncodings.WinAnsiText(bytes),
    };
}

internal sealed class PdfName(string value) : PdfObject
{
    public string Value => value;
}

internal sealed class PdfArray(List<PdfObject> items) : PdfObject
{
    public List<PdfObject> Items => items;
}

internal sealed class PdfDictionary(Dictionary<string, PdfObject> entries) : PdfObject
{
    public static PdfDictionary Empty { get; } = new([]);

    public Dictionary<string, PdfObject> Entries => entries;

    public PdfObject? this[string key] => entries.GetValueOrDefault(key);
}

internal sealed class PdfStream(PdfDictionary dictionary, ReadOnlyMemory<byte> raw) : PdfObject
{
    public PdfDictionary Dictionary => dictionary;

    public ReadOnlyMemory<byte> Raw => raw;

    /// <summary>What the filters made of it; kept because pages share forms and fonts.</summary>
    public byte[]? Decoded { get; set; }
}

internal sealed class PdfReference(int number) : PdfObject
{
    public int Number => number;
}

/// <summary>A word that is no object: an operator of a content stream, <c>obj</c>, <c>stream</c>, or a closing bracket.</summary>
internal sealed class PdfWord(string value) : PdfObject
{
    public string Value => value;
}
