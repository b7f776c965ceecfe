using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.Generic;

/// <summary>Title, number and date of a document of no special kind, and what there is to count.</summary>
internal static partial class PlainFacts
{
    public static Extraction Read(DocumentContent content, string type)
    {
        var fields = new FieldList();
        var lines = DocumentText.Lines(content);
        var filled = lines.Where(line => !string.IsNullOrWhiteSpace(line.Text)).ToList();
        if (content.Format != DocumentFormat.Csv && TitleFinder.Find(content, filled, type) is { } title)
        {
            fields.Add(FieldName.Title, title.Text, title.Place, 0.75);
        }

        AddNumber(fields, filled);
        AddDate(fields, filled);
        if (content.Format == DocumentFormat.Csv && content.Tables is [{ Rows.Length: > 1 } table])
        {
            fields.Add("row_count", table.Rows.Length - (HasHeader(table) ? 1 : 0), table.PlaceOf(0, 0), 0.9);
        }

        if (type == DocumentType.ClinicalRecord)
        {
            PatientFacts.Add(fields, Page.Of(lines));
        }

        if (type == DocumentType.Form)
        {
            var answers = filled.Count(line => Answer().IsMatch(line.Text));
            fields.Add("filled", answers * 3 > filled.Count ? "true" : "false", filled.Count > 0 ? filled[0].Place : Place.Line(1), 0.6);
        }

        return fields.ToExtraction(type);
    }

    private static bool HasHeader(Table table) => !table.Rows[0].Any(cell => Amount.Printed(cell) is not null || PrintedDates.Find(cell).Count > 0);

    private static void AddNumber(FieldList fields, List<TextLine> lines)
    {
        foreach (var line in lines.Take(60))
        {
            if (Number().Match(line.Text) is { Success: true } match && match.Groups[1].Value.Any(char.IsDigit))
            {
                fields.Add(FieldName.Number, match.Groups[1].Value, line.Place, 0.7);
                return;
            }
        }
    }

    private static void AddDate(FieldList fields, List<TextLine> lines)
    {
        var monthFirst = PrintedDates.IsMonthFirst(string.Join('\n', lines.Take(200).Select(line => line.Text)));
        foreach (var line in lines.Take(60))
        {
            if (PrintedDates.Find(line.Text, monthFirst) is [var date, ..])
            {
                fields.Add(FieldName.Date, date.Iso, line.Place, 0.6);
                return;
            }
        }
    }

    [GeneratedRegex(@"(?:report|document|reference|announcement|case|file|form|protocol|dokument|bericht|referenz|akten|rapport)\s*(?:id|number|no\.?|nr\.?|n°|#)\s*[:#]?\s*([A-Z0-9][\w\-/ .]{1,30}?)\s*(?:$|\s{2,})", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    [GeneratedRegex(@":\s*[\p{L}\d]")]
    private static partial Regex Answer();
}
