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

    // So many labels with something behind them for each that was left open are answers.
    private const int FewLeftOut = 4;

    public static void Add(FieldList fields, List<TextLine> lines)
    {
        var rows = lines.ConvertAll(line => Columns.Split(line.Text).Select(cell => cell.Text).ToList());
        var blanks = rows.Sum(cells => cells.Count(cell => Blank().IsMatch(cell)));
        var answers = rows.Sum(Answers) + Beside(rows) - Notices(rows);
        var isFilled = answers >= Telling && ((blanks > 0 && answers > blanks) || answers * 3 > lines.Count);
        var place = lines.Count > 0 ? lines[0].Place : Place.Line(1);
        fields.Add("filled", isFilled ? "true" : "false", place, answers + blanks >= Telling ? 0.8 : 0.6);
    }

    // "Name: Kessler", and a box that is ticked.
    private static int Answers(List<string> cells) =>
        cells.Count(cell => Labelled().IsMatch(cell)) + cells.Sum(cell => Ticked().Count(cell));

    // "Name | Kessler"; in "First name | Last name" both are labels, with room below or behind them.
    private static int Beside(List<List<string>> rows)
    {
        var values = rows.Where(cells => cells is [var label, var value] && !cells.Exists(cell => Labelled().IsMatch(cell))
            && IsLabel(label) && IsValue(value)).Select(cells => Words.Fold(cells[1])).ToList();
        return values.Count(value => Asks().IsMatch(value)) * 3 >= Math.Max(values.Count, 1) ? 0 : values.Count;
    }

    // "Office: Town hall" above the first of many blanks is said by the form; below it, or above few that were left out, it was filled in.
    private static int Notices(List<List<string>> rows)
    {
        var isTicked = rows.Exists(cells => cells.Exists(cell => Ticked().IsMatch(cell)));
        var open = rows.ConvertAll(cells => cells.Where((cell, at) => IsOpen(cell, at == 0 ? "" : cells[at - 1], isTicked)).Count());
        var first = open.FindIndex(count => count > 0);
        var above = first < 0 ? 0 : rows.Take(first).Sum(Answers);
        var below = rows.Skip(Math.Max(first, 0)).Sum(Answers);
        return below > open.Sum() || above >= open.Sum() * FewLeftOut ? 0 : above;
    }

    // Where to sign is left open until the end.
    private static bool IsOpen(string cell, string before, bool isTicked) =>
        (Blank().IsMatch(cell) && !ForSigning().IsMatch(Words.Fold(cell.Any(char.IsLetter) ? cell : before)))
        || (!isTicked && Box().IsMatch(cell));

    private static bool IsLabel(string cell) =>
        cell.Length <= 50 && cell.Any(char.IsLetter) && !Blank().IsMatch(cell) && !Box().IsMatch(cell);

    private static bool IsValue(string cell) =>
        cell.Any(char.IsLetterOrDigit) && cell.Length <= 80 && !Blank().IsMatch(cell) && !Box().IsMatch(cell) && !cell.EndsWith(':');

    // What is to be written on: a line of dots or underscores.
    [GeneratedRegex(@"_{3,}|\.{5,}|…{2,}|(?:\.\s){4,}")]
    private static partial Regex Blank();

    [GeneratedRegex(@"^[^:_]{2,60}:\s*(?!_|\.{3}|…)[\p{L}\d][^_:]*$")]
    private static partial Regex Labelled();

    [GeneratedRegex(
        @"^\W*(?:signature|signed|date|place|stamp|unterschrift|ort|datum|stempel|lieu|fait a|handtekening|plaats|firma|fecha|lugar"
        + @"|data|luogo|assinatura|local|underskrift|namnteckning|dato|sted|ort och datum"
        + @"|paivays|allekirjoitus|podpis)\b(?! (?:of birth|de na))")]
    private static partial Regex ForSigning();

    // What forms ask for.
    [GeneratedRegex(
        @"^\W*(?:(?:sur|last |first |middle |full |family |given )?name|street|address|town|city|post ?code|zip(?: code)?|country|county"
        + @"|phone(?: number)?|telephone|mobile|e-?mail(?: address)?|nationality|date(?: of birth)?|occupation|signature"
        + @"|(?:nach|vor|familien|geburts)?name|strasse|anschrift|adresse|plz|ort|wohnort|land|telefon|telefax|handy|beruf|geburtsdatum"
        + @"|staatsangehorigkeit|datum|unterschrift|prenom|nom|rue|ville|code postal|pays|courriel|telephone|profession"
        + @"|date de naissance|voornaam|achternaam|naam|straat|postcode|woonplaats|telefoon|geboortedatum|nombre|apellidos?|calle|ciudad"
        + @"|telefono|correo|cognome|nome|indirizzo|citta|fornavn|efternavn|etternavn|navn|fornamn|efternamn|namn|gade|vej|gata"
        + @"|apelido|morada|rua|cidade)\W*$")]
    private static partial Regex Asks();

    [GeneratedRegex(@"[☒☑✓✔✗✘]|[\[(]\s?[xX]\s?[\])]")]
    private static partial Regex Ticked();

    [GeneratedRegex(@"[☐□☒☑]|[\[(]\s{0,3}[\])]")]
    private static partial Regex Box();
}
