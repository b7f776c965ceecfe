using System.Collections.Immutable;
using System.Text;

namespace DocumentAgents.Reading;

internal sealed record CsvRow(int Line, ImmutableArray<string> Cells);

internal static class CsvRows
{
    /// <summary>The rows that are not blank. An unclosed quote ends the last cell at the end of the text and is malformed.</summary>
    public static List<CsvRow> Parse(string text, char delimiter, DocumentSource source)
    {
        var parser = new Parser(text, delimiter, source);
        while (parser.Row())
        {
        }

        return parser.Rows;
    }

    private sealed class Parser(string text, char delimiter, DocumentSource source)
    {
        private readonly StringBuilder cell = new();
        private int at;
        private int line = 1;
        private int cells;

        public List<CsvRow> Rows { get; } = [];

        public bool Row()
        {
            if (at >= text.Length)
            {
                return false;
            }

            var start = line;
            var row = ImmutableArray.CreateBuilder<string>();
            do
            {
                row.Add(Cell());
                Count();
            }
            while (Take(delimiter));

            EndLine();
            if (row.Count > 1 || row[0].Length > 0)
            {
                Rows.Add(new(start, row.ToImmutable()));
            }

            return true;
        }

        private string Cell()
        {
            if (at < text.Length && text[at] == '"')
            {
                return Quoted();
            }

            var start = at;
            while (at < text.Length && text[at] != delimiter && text[at] is not ('\r' or '\n'))
            {
                at++;
            }

            return text[start..at];
        }

        private string Quoted()
        {
            var opened = line;
            cell.Clear();
            for (at++; at < text.Length; at++)
            {
                var c = text[at];
                if (c == '"' && !(at + 1 < text.Length && text[at + 1] == '"'))
                {
                    at++;
                    return cell.Append(Rest()).ToString();
                }

                at += c == '"' ? 1 : 0;
                line += c == '\n' ? 1 : 0;
                cell.Append(c);
            }

            throw ReadException.Malformed("a quoted cell is never closed", Place.Line(opened));
        }

        // Some programs write ="1" or "a"b; what follows the closing quote is kept as it stands.
        private string Rest()
        {
            var start = at;
            while (at < text.Length && text[at] != delimiter && text[at] is not ('\r' or '\n'))
            {
                at++;
            }

            return text[start..at];
        }

        private bool Take(char wanted)
        {
            var found = at < text.Length && text[at] == wanted;
            at += found ? 1 : 0;
            return found;
        }

        private void EndLine()
        {
            _ = Take('\r');
            _ = Take('\n');
            line++;
        }

        private void Count()
        {
            if (++cells > source.Limits.MaxCells || Rows.Count > source.Limits.MaxLines)
            {
                throw ReadException.Limit("too many cells", Place.Line(line));
            }

            if (cells % 4096 == 0)
            {
                source.Cancellation.ThrowIfCancellationRequested();
            }
        }
    }
}
