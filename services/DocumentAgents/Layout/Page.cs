using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Layout;

/// <summary>A cell of a printed row, with its text folded for looking up words.</summary>
/// <param name="Start">Where it begins in the line.</param>
/// <param name="Column">Its column where the line came from a table; -1 where only its place on the line tells.</param>
internal sealed record PageCell(string Text, string Folded, int Start, int Column)
{
    public int End => Start + Text.Length;

    /// <summary>How far two cells are from standing below each other; 0 when they do.</summary>
    public int Distance(PageCell other)
    {
        if (Column >= 0 && other.Column >= 0)
        {
            return Math.Abs(Column - other.Column) * 1_000;
        }

        return Math.Max(0, Math.Max(Start, other.Start) - Math.Min(End, other.End));
    }
}

/// <summary>A printed line that is not blank.</summary>
internal sealed record PageRow(int Index, TextLine Line, ImmutableArray<PageCell> Cells)
{
    public string Text => Line.Text;

    public string Folded { get; } = Words.Fold(Line.Text);

    public Place Place => Line.Place;

    /// <summary>Whether a blank line stands above it.</summary>
    public bool AfterGap { get; init; }
}

/// <summary>The lines of a document cut into cells.</summary>
internal sealed record Page(ImmutableArray<PageRow> Rows)
{
    private const int MaxRows = 4_000;

    public bool MonthFirst { get; private init; }

    /// <summary>What the document writes before cents, when it can be told.</summary>
    public char? DecimalMark { get; private init; }

    public string Text { get; private init; } = "";

    public static Page Of(ImmutableArray<TextLine> lines)
    {
        var blank = lines.Select(line => string.IsNullOrWhiteSpace(line.Text)).ToList();
        var rows = Enumerable.Range(0, lines.Length)
            .Where(line => !blank[line])
            .Take(MaxRows)
            .Select((line, index) => Row(lines[line], index) with { AfterGap = line > 0 && blank[line - 1] })
            .ToImmutableArray();
        var text = string.Join('\n', rows.Select(row => row.Text));
        return new(rows) { Text = text, MonthFirst = PrintedDates.IsMonthFirst(text), DecimalMark = Amount.DecimalMark(text) };
    }

    /// <summary>The row that holds a position of <see cref="Text"/>.</summary>
    public PageRow RowAt(int position)
    {
        var row = 0;
        for (; row < Rows.Length - 1 && position > Rows[row].Text.Length; row++)
        {
            position -= Rows[row].Text.Length + 1;
        }

        return Rows[row];
    }

    public IReadOnlyList<PrintedDate> Dates(string text) => PrintedDates.Find(text, MonthFirst);

    public IReadOnlyList<PrintedAmount> Amounts(string text) => PrintedAmounts.Find(text, DecimalMark);

    private static PageRow Row(TextLine line, int index)
    {
        var text = line with { Text = Words.Narrow(line.Text.Length > 2_000 ? line.Text[..2_000] : line.Text) };
        var tabular = text.Text.Contains('\t');
        return new(index, text,
            [.. Columns.Split(text.Text)
                .Select(cell =>
                    new PageCell(cell.Text, Words.Fold(cell.Text), cell.Start, tabular ? TabsBefore(text.Text, cell.Start) : -1))]);
    }

    private static int TabsBefore(string text, int position) => text.AsSpan(0, position).Count('\t');
}
