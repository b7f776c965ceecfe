using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace DocumentAgents.Reading.Html;

/// <summary>The tables that are open while a page is read.</summary>
internal sealed class HtmlTables(LineCollector lines, int maxNesting)
{
    private readonly Stack<OpenTable> open = new();

    public void Open()
    {
        if (open.Count >= maxNesting)
        {
            throw ReadException.Limit($"tables nested deeper than {maxNesting}");
        }

        open.Push(new());
    }

    /// <summary>Begins a cell; true when it is not the first of its row.</summary>
    public bool OpenCell()
    {
        if (!open.TryPeek(out var table))
        {
            return false;
        }

        table.EndCell();
        table.Cell = new StringBuilder();
        return table.Row.Count > 0;
    }

    public void Append(string text)
    {
        if (open.TryPeek(out var table))
        {
            table.Cell?.Append(text);
        }
    }

    public void CloseCell()
    {
        if (open.TryPeek(out var table))
        {
            table.EndCell();
        }
    }

    /// <summary>Ends a row; its cells, none when there was no row.</summary>
    public ImmutableArray<string> CloseRow()
    {
        if (!open.TryPeek(out var table))
        {
            return [];
        }

        var count = table.EndRow();
        lines.CountCells(count);
        return count > 0 ? table.Rows[^1] : [];
    }

    public void Close()
    {
        if (open.TryPop(out var table))
        {
            lines.CountCells(table.EndRow());
            if (table.Rows.Count > 0)
            {
                lines.AddTable(new Table(
                    $"table {(lines.TableCount + 1).ToString(CultureInfo.InvariantCulture)}", table.Rows.ToImmutable()));
            }
        }
    }

    public void CloseAll()
    {
        while (open.Count > 0)
        {
            Close();
        }
    }

    private sealed class OpenTable
    {
        public ImmutableArray<ImmutableArray<string>>.Builder Rows { get; } = ImmutableArray.CreateBuilder<ImmutableArray<string>>();

        public List<string> Row { get; } = [];

        public StringBuilder? Cell { get; set; }

        public void EndCell()
        {
            if (Cell is not null)
            {
                Row.Add(Cell.ToString().Trim());
                Cell = null;
            }
        }

        public int EndRow()
        {
            EndCell();
            var count = Row.Count;
            if (count > 0)
            {
                Rows.Add([.. Row]);
                Row.Clear();
            }

            return count;
        }
    }
}
