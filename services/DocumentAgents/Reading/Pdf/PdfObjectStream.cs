namespace DocumentAgents.Reading.Pdf;

/// <summary>Objects packed into a stream.</summary>
internal sealed class PdfObjectStream(byte[] data, int first, Dictionary<int, int> offsets)
{
    public IEnumerable<int> Numbers => offsets.Keys;

    public static PdfObjectStream? Open(PdfStream stream, PdfFile file)
    {
        if (PdfFilters.Decode(stream, file) is not { } data)
        {
            return null;
        }

        var count = file.Number(stream.Dictionary, "N") ?? 0;
        var first = (int)Math.Clamp(file.Number(stream.Dictionary, "First") ?? 0, 0, data.Length);
        var offsets = new Dictionary<int, int>();
        var lexer = new PdfLexer(data, 0);
        for (var i = 0; i < count && lexer.TakeInteger() is { } number && lexer.TakeInteger() is { } offset; i++)
        {
            offsets[number] = offset;
        }

        return new(data, first, offsets);
    }

    public PdfObject? Read(int number) =>
        offsets.TryGetValue(number, out var offset) && offset <= data.Length - first ? new PdfLexer(data, first + offset).Next(references: true) : null;
}
