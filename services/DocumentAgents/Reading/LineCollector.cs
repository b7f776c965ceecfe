using System.Collections.Immutable;

namespace DocumentAgents.Reading;

/// <summary>Collects the lines and tables of formats that have to be walked, within the limits.</summary>
internal sealed class LineCollector(DocumentSource source)
{
    private readonly ImmutableArray<TextLine>.Builder lines = ImmutableArray.CreateBuilder<TextLine>();
    private readonly ImmutableArray<Table>.Builder tables = ImmutableArray.CreateBuilder<Table>();
    private int cells;
    private long characters;

    public int TableCount => tables.Count;

    public ImmutableArray<TextLine> Lines => lines.ToImmutable();

    public ImmutableArray<Table> Tables => tables.ToImmutable();

    public void Add(TextLine line)
    {
        if (lines.Count >= source.Limits.MaxLines)
        {
            throw ReadException.Limit($"more than {source.Limits.MaxLines} lines", line.Place);
        }

        if (lines.Count % 1024 == 0)
        {
            source.Cancellation.ThrowIfCancellationRequested();
        }

        CountCharacters(line.Text.Length + line.Place.Value.Length);
        lines.Add(line);
    }

    public int Count => lines.Count;

    /// <summary>Puts other lines where those from an index on were; nothing happens when one of them is a heading.</summary>
    public void Replace(int from, IReadOnlyList<string> texts)
    {
        if (from >= lines.Count || lines.Skip(from).Any(line => line.Role is not null))
        {
            return;
        }

        var place = lines[from].Place;
        lines.RemoveRange(from, lines.Count - from);
        foreach (var text in texts)
        {
            Add(new(text, place));
        }
    }

    public void AddTable(Table table) => tables.Add(table);

    /// <summary>Counts text before it is copied together, so that a small document cannot repeat itself into a large one.</summary>
    public void CountCharacters(int count)
    {
        characters += count;
        if (characters > source.Limits.MaxExpandedBytes)
        {
            throw ReadException.Limit($"more than {source.Limits.MaxExpandedBytes} characters of text");
        }
    }

    public void CountCells(int count)
    {
        cells += count;
        if (cells > source.Limits.MaxCells)
        {
            throw ReadException.Limit($"more than {source.Limits.MaxCells} cells");
        }
    }
}
