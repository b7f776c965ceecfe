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
                if (LabelledOwn().IsMatch(before) || !(Birth().IsMatch(before) || OtherDay().IsMatch(before)))
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
        + @"|nac\w*|fod(?:t|d|sels)\w*|syntyma\w*|urodz\w*|naroz\w*|szulet\w*)\b[^:\t]*[:\t]?[^:\t\p{L}]*$")]
    private static partial Regex Birth();

    // Such a word is the label of the date, right before it or of a longer label that ends with a colon; in "Accident report of 12 March"
    // and "Start-up meeting, 12 March" it only names the document.
    [GeneratedRegex(
        @"\b(?:loss|accident|incident|injury|damage"
        + @"|(?:schadens?|schade|unfall(?:e?s)?|ongevals?|skade(?:ns?|s)?)(?:tag|datum|dato|dag|falls?|voorval|ereignis|eintritts?"
        + @"|zeit(?:punkt)?|tids?(?:punkt)?)?"
        + @"|sinistre|sinistro|siniestro|expir\w*|valid|until|gultig|geldig|vervalt|ablauf(?:datum|tag)?|due|fallig\w*"
        + @"|deadline|start|begin\w*|eintritts?(?:datum|tag)?|hired?|employed)"
        + @"(?:\s*/\s*\p{L}+)*"
        + @"(?:[\s-]+(?:date|day|time|datum|tag|and|und|of|the|loss|on|or|about|by|from|to|until|since|thru|through|am|vom|bis|zum|ab|seit"
        + @"|den|op|tot|vanaf|le|au|du|il|al|el|hasta|desde|fra))*"
        + @"(?:\s+(?:of|der|des|du|de|della?|van|for|fur|in)\s[^:\t,;]{1,40}(?=[:\t]))?\s*(?:\([^()]*\))?[^\p{L},;]*$")]
    private static partial Regex OtherDay();

    [GeneratedRegex(@"(?:^|[,;|\t]|\s{2})\s*(?:date|datum|dato|fecha|data|paivays|dated)\s*:?\s*$")]
    private static partial Regex LabelledOwn();

    [GeneratedRegex(@"(?:^|[\s,])(?:date|datum|dato|fecha|data|paivays|dated)\b[^\p{L}]*$")]
    private static partial Regex OwnDay();
}
