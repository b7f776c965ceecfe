using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.Generic;

/// <summary>Whether somebody has filled a form in.</summary>
internal static partial class FormFacts
{
    // With fewer seen, what was counted says little.
    private const int Telling = 3;

    public static void Add(FieldList fields, List<TextLine> lines)
    {
        var answers = 0;
        var blanks = 0;
        foreach (var cells in lines.Select(line => Columns.Split(line.Text).Select(cell => cell.Text).ToList()))
        {
            answers += Answers(cells);
            blanks += cells.Count(cell => Blank().IsMatch(cell));
        }

        var isFilled = answers >= Telling && ((blanks > 0 && answers > blanks) || answers * 3 > lines.Count);
        var place = lines.Count > 0 ? lines[0].Place : Place.Line(1);
        fields.Add("filled", isFilled ? "true" : "false", place, answers + blanks >= Telling ? 0.8 : 0.6);
    }

    // "Name: Kessler", "Name | Kessler", and a box that is ticked.
    private static int Answers(List<string> cells)
    {
        var labelled = cells.Count(cell => Labelled().IsMatch(cell));
        var beside = cells is [var label, var value] && labelled == 0 && IsLabel(label) && IsValue(value) ? 1 : 0;
        return labelled + beside + cells.Sum(cell => Ticked().Count(cell));
    }

    private static bool IsLabel(string cell) =>
        cell.Length <= 50 && cell.Any(char.IsLetter) && !Blank().IsMatch(cell) && !Box().IsMatch(cell);

    private static bool IsValue(string cell) =>
        cell.Any(char.IsLetterOrDigit) && cell.Length <= 80 && !Blank().IsMatch(cell) && !Box().IsMatch(cell) && !cell.EndsWith(':');

    // What is to be written on: a line of dots or underscores.
    [GeneratedRegex(@"_{3,}|\.{5,}|…{2,}|(?:\.\s){4,}")]
    private static partial Regex Blank();

    [GeneratedRegex(@"^[^:_]{2,60}:\s*(?!_|\.{3}|…)[\p{L}\d][^_:]*$")]
    private static partial Regex Labelled();

    [GeneratedRegex(@"[☒☑✓✔✗✘]|[\[(]\s?[xX]\s?[\])]")]
    private static partial Regex Ticked();

    [GeneratedRegex(@"[☐□☒☑]|[\[(]\s{0,3}[\])]")]
    private static partial Regex Box();
}
