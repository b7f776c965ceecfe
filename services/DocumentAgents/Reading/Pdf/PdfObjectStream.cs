namespace DocumentAgents.Reading.Pdf;

/// <summary>Objects packed into a stream.</summary>
internal sealed class PdfObjectStream(byte[] data, int first, Dictionary<int, int> offsets, PdfBudget budget)
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
        var lexer = new PdfLexer(data, 0, file.Budget);
        for (var i = 0; i < count && lexer.TakeInteger() is { } number && lexer.TakeInteger() is { } offset; i++)
        {
            offsets[number] = offset;
        }

        return new(data, first, offsets, file.Budget);
    }

    public PdfObject? Read(int number) =>
        offsets.TryGetValue(number, out var offset) && offset <= data.Length - first
            ? new PdfLexer(data, first + offset, budget).Next(references: true)
            : null;
}
