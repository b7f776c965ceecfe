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
            fields.Add(FieldName.Title, title.Text, title.Place, TitleFinder.NamesItself(title.Text, type) ? 0.85 : 0.75);
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
            FormFacts.Add(fields, filled);
        }
        else if (type == DocumentType.InsuranceClaim)
        {
            ClaimFacts.Add(fields, Page.Of(lines));
        }

        return fields.ToExtraction(type);
    }

    private static bool HasHeader(Table table) =>
        !table.Rows[0].Any(cell => Amount.Printed(cell) is not null || PrintedDates.Find(cell).Count > 0);

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
            foreach (var date in PrintedDates.Find(line.Text, monthFirst))
            {
                var before = Words.Fold(line.Text[..date.Start]);
                if (!OtherDay().IsMatch(before))
                {
                    fields.Add(FieldName.Date, date.Iso, line.Place, OwnDay().IsMatch(before) ? 0.8 : 0.6);
                    return;
                }
            }
        }
    }

    [GeneratedRegex(
        @"(?:report|document|reference|announcement|case|file|form|protocol|dokument|bericht|referenz|akten|rapport)\s*(?:id|number"
        + @"|no\.?|nr\.?|n°|#)\s*[:#]?\s*([A-Z0-9][\w\-/ .]{1,30}?)\s*(?:$|\s{2,})",
        RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    // The day somebody was born, something happened or something ends is not the day of the document.
    [GeneratedRegex(
        @"\b(?:geb|birth\w*|born|dob|d\.o\.b|geburt\w*|geboren|geboorte\w*|naissance|nee? le|nascita|nat[oa] il|nacimiento|nascimento"
        + @"|nac\w*|fod(?:t|d|sels)\w*|syntyma\w*|urodz\w*|naroz\w*|szulet\w*|loss|accident|incident|injury"
        + @"|damage|schade\w*|schaden\w*|unfall\w*|sinistre|sinistro|siniestro|ongeval\w*|skade\w*|expir\w*|valid|until|gultig|geldig"
        + @"|vervalt|ablauf\w*|expiry|due|fallig\w*"
        + @"|deadline|start|begin\w*|eintritt\w*|hired?|employed)\b[^:\t]*[:\t]?[^:\t\p{L}]*$")]
    private static partial Regex OtherDay();

    [GeneratedRegex(@"(?:^|[\s,])(?:date|datum|dato|fecha|data|paivays|dated)\b[^\p{L}]*$")]
    private static partial Regex OwnDay();
}
