using System.Collections.Immutable;

namespace DocumentAgents.Reading;

/// <summary>Collects the lines and tables of formats that have to be walked, within the limits.</summary>
internal sealed class LineCollector(DocumentSource source)
{
    private readonly ImmutableArray<TextLine>.Builder lines = ImmutableArray.CreateBuilder<TextLine>();
    private readonly ImmutableArray<Table>.Builder tables = ImmutableArray.CreateBuilder<Table>();
    private int cells;

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

        lines.Add(line);
    }

    public void AddTable(Table table) => tables.Add(table);

    public void CountCells(int count)
    {
        cells += count;
        if (cells > source.Limits.MaxCells)
        {
            throw ReadException.Limit($"more than {source.Limits.MaxCells} cells");
        }
    }
}
