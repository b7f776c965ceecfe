using System.Collections.Immutable;

namespace DocumentAgents.Reading;

/// <summary>Rows of cells; rows may differ in length. Cells are text, whatever a spreadsheet would make of them.</summary>
/// <param name="Name">The sheet, or <c>table 2</c>; of a csv the empty string.</param>
internal sealed record Table(string Name, ImmutableArray<ImmutableArray<string>> Rows)
{
    /// <summary>
    /// The one-based line or sheet row of each entry in <see cref="Rows"/>: blank ones are left out, so indexes and numbers differ.
    /// </summary>
    public ImmutableArray<int> RowNumbers { get; init; } = [];

    /// <summary><c>line</c> for csv, <c>cell</c> for a sheet, <c>table</c> otherwise.</summary>
    public string PlaceKind { get; init; } = "table";

    /// <param name="row">Index into <see cref="Rows"/>.</param>
    /// <param name="column">Zero-based.</param>
    public string Cell(int row, int column) =>
        row >= 0 && row < Rows.Length && column >= 0 && column < Rows[row].Length ? Rows[row][column] : "";

    public Place PlaceOf(int row, int column)
    {
        var number = row < RowNumbers.Length ? RowNumbers[row] : row + 1;
        return PlaceKind switch
        {
            "line" => Place.Line(number, column + 1),
            "cell" => Place.Cell(Name, number, column),
            _ => Place.TableCell(Name, number, column),
        };
    }
}
