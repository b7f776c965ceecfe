using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Identity;

/// <summary>A résumé as people write it.</summary>
internal static partial class PrintedResume
{
    // More than one word has to speak for an order.
    private const int Clear = 2;

    public static void Read(FieldList fields, Page page)
    {
        AddName(fields, page);
        AddMatch(fields, page, "email", Mail(), 0.95);
        AddPhone(fields, page);
        AddPlace(fields, page);
        Country.Add(fields, page);
        var work = ResumeSections.WorkRows(page);
        var dated = ResumeEntries.Find(work);
        AddEmployers(fields, dated.Count > 0 ? dated : [.. ResumeEntries.WithoutPeriods(work).Where(HasRole)]);
        AddAll(fields, "institutions", ResumeEntries.Find(ResumeSections.EducationRows(page)), Institution);
        if (!fields.Has("institutions"))
        {
            AddSchools(fields, page);
        }
    }

    private static bool HasRole(ResumeEntry entry) => entry.Parts.Any(part => JobWords.IsRole(Words.Fold(part)));

    private static void AddName(FieldList fields, Page page)
    {
        foreach (var row in page.Rows.Take(12))
        {
            var labelled = NameLabel().Match(row.Text);
            var text = labelled.Success ? labelled.Groups[1].Value : Words.Collapse(row.Cells[0].Text).Trim('#', ' ', '*', '=', '-', '_');
            if (IsName(text) && !ResumeSections.IsHeading(row))
            {
                fields.Add(FieldName.Name, text, row.Place, 0.85);
                AddRole(fields, page, row);
                return;
            }
        }
    }

    private static bool IsName(string text) =>
        text.Length is >= 4 and <= 60 && text.Split(' ').Length is >= 2 and <= 6 && !text.Any(char.IsDigit) && !text.Contains('@')
            && !text.Contains(':')
        && char.IsUpper(text[0]) && !Title().IsMatch(Words.Fold(text)) && !JobWords.IsRole(Words.Fold(text));

    private static void AddRole(FieldList fields, Page page, PageRow name)
    {
        foreach (var row in page.Rows.Skip(name.Index + 1).Take(2))
        {
            var role = new[] { row.Text, row.Cells[0].Text }.Select(text => Words.Collapse(text).Trim('*', ' ', '_'))
                .FirstOrDefault(text => text.Length is > 3 and <= 60 && JobWords.IsRole(Words.Fold(text)) && !text.EndsWith('.')
                    && !text.Contains('@'));
            if (role is not null)
            {
                fields.Add("label", role, row.Place, 0.7);
                return;
            }
        }
    }

    private static void AddMatch(FieldList fields, Page page, string name, Regex pattern, double confidence)
    {
        foreach (var row in page.Rows)
        {
            if (pattern.Match(row.Text) is { Success: true } match)
            {
                fields.Add(name, match.Value, row.Place, confidence);
                return;
            }
        }
    }

    private static void AddPhone(FieldList fields, Page page)
    {
        foreach (var row in page.Rows.Take(40))
        {
            var match = PhoneLabelled().Match(row.Text) is { Success: true } labelled ? labelled : Phone().Match(row.Text);
            if (match.Success && match.Value.Count(char.IsAsciiDigit) >= 7 && page.Dates(match.Groups["number"].Value).Count == 0)
            {
                fields.Add("phone", match.Groups["number"].Value.Trim(), row.Place, 0.85);
                return;
            }
        }
    }

    private static void AddPlace(FieldList fields, Page page)
    {
        foreach (var row in page.Rows.Take(12))
        {
            if (City().Match(row.Text) is { Success: true } match && !JobWords.IsRole(Words.Fold(match.Groups["city"].Value)))
            {
                fields.Add("city", match.Groups["city"].Value, row.Place, 0.7);
                return;
            }
        }
    }

    private static void AddAll(FieldList fields, string name, IReadOnlyList<ResumeEntry> entries, Func<ResumeEntry, string?> choose)
    {
        foreach (var entry in entries)
        {
            if (choose(entry) is { } value && !fields.HasValue(name, value))
            {
                fields.Add(name, value, entry.Row.Place, 0.8);
            }
        }
    }

    // Nobody knows every occupation, but who puts the role first does so in every entry: what is known of some tells the order of all.
    private static void AddEmployers(FieldList fields, IReadOnlyList<ResumeEntry> entries)
    {
        var named = entries.Select(entry => (entry.Row, Parts: entry.Parts.Where(part => !JobWords.IsPlaceName(part)).ToList())).ToList();
        var (first, second) = (named.Sum(entry => Employs(entry.Parts, 0)), named.Sum(entry => Employs(entry.Parts, 1)));
        AddAll(fields, "employers", [.. named.Select(entry => new ResumeEntry(entry.Parts, entry.Row))], entry =>
            Employer(entry.Parts, second > first ? 1 : 0, Math.Abs(second - first) >= Clear));
    }

    // How much the part at a place looks like an employer.
    private static int Employs(List<string> parts, int at) =>
        parts.Count < 2 ? 0 : LegalForm.IsCompany(parts[at]) ? 2 : JobWords.IsRole(Words.Fold(parts[at]))
            ? -2
            : JobWords.IsAgentNoun(Words.Fold(parts[at])) ? -1 : 0;

    private static string? Employer(IReadOnlyList<string> parts, int usual, bool isClear)
    {
        // "Ingenieursbureau Polderwijs" holds the word for an occupation; where the others stand tells more.
        if (isClear && parts.Count > 1 && !parts.Any(LegalForm.IsCompany))
        {
            return parts[usual];
        }

        var others = parts.Where(part => !JobWords.IsRole(Words.Fold(part))).ToList();
        return parts.FirstOrDefault(LegalForm.IsCompany)
            ?? (others.Count > 1 && usual < parts.Count && others.Contains(parts[usual]) ? parts[usual] : others.Count > 0
                ? others[0]
                : parts.Count > 1 ? parts[^1] : null);
    }

    private static string? Institution(ResumeEntry entry) =>
        entry.Parts.FirstOrDefault(part => JobWords.IsSchool(Words.Fold(part)))
            ?? entry.Parts.FirstOrDefault(part => !JobWords.IsDegree(Words.Fold(part)));

    // Education without periods: the schools it names.
    private static void AddSchools(FieldList fields, Page page)
    {
        foreach (var row in ResumeSections.EducationRows(page).Where(row => row.Text.Length <= 120))
        {
            var school = row.Text.Split([',', '|', '–', '—', '\t']).SelectMany(part => part.Split(" - ")).Select(Words.Collapse)
                .FirstOrDefault(part => JobWords.IsSchool(Words.Fold(part)));
            if (school is not null && !fields.HasValue("institutions", school))
            {
                fields.Add("institutions", school, row.Place, 0.65);
            }
        }
    }

    [GeneratedRegex(
        @"^\s*(?:full\s+)?(?:name|nom|naam|namn|navn|nombre|nome|nama|vor- und nachname|nom et pr[ée]nom|imi[ęe] i nazwisko|фио"
        + @"|jm[ée]no(?: a p[řr][íi]jmen[íi])?)\s*(?::\s*|\t)(\p{Lu}[^,|\t]{3,50})$",
        RegexOptions.IgnoreCase)]
    private static partial Regex NameLabel();

    [GeneratedRegex(
        @"curriculum|vitae|\bresume\b|lebenslauf|\bcv\b|profile|page \d|confidential|application|personal|bewerber|kandidat|\bprofil"
        + @"|europass|zivotopis|zyciorys|levensloop|levnedslob")]
    private static partial Regex Title();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")]
    private static partial Regex Mail();

    [GeneratedRegex(
        @"(?:tel|phone|mobile|mobil|cell|telefon|t[ée]l[ée]phone|telefoon|tlf"
        + @"|m)\w*\.?\s*[:.]?\s*(?<number>\+?[\d(][\d\s()./\-–—]{5,22}\d)",
        RegexOptions.IgnoreCase)]
    private static partial Regex PhoneLabelled();

    [GeneratedRegex(
        @"(?<![\d/@\w-])(?<number>\+\d[\d\s()./-]{6,20}\d|\(\d{3}\)\s?\d{3}[-.\s]\d{4}|\d{3}[-.]\d{3}[-.]\d{4}|0\d(?:[\s.]\d\d){4}"
        + @"|0\d{4}\s\d{6}|0\d{2,5}[\s/-]\d[\d\s-]{4,12}\d|1[-—–]\d{3}[-—–]\d{3}[-—–]\d{4})(?![\d])")]
    private static partial Regex Phone();

    [GeneratedRegex(
        @"(?<city>(?:[AO]\s|L')?\p{Lu}[\p{L}.'-]+(?:\s\p{Lu}[\p{L}.'-]+){0,2}),\s*(?:[A-Z]{2}\b(?:\s+\d{5})?|USA?\b|UK\b"
        + @"|United (?:Kingdom|States)|England|Scotland|Wales|Ireland|Germany|France|Malaysia|Sweden|Spain|Italy|Portugal|Netherlands"
        + @"|Belgium|Austria|Switzerland|Poland|Czech|Norway|Denmark|Finland|India|Canada|Australia|New Zealand|Singapore|Deutschland"
        + @"|[ÖO]sterreich|Schweiz|Suisse|Belgique|Belgi[ëe]|Nederland|Espa[ñn]a|Italia|Sverige|Norge|Danmark|Suomi|Polska|[ČC]esko"
        + @"|Slovensko|Rom[âa]nia|Magyarorsz[áa]g|Hrvatska|Slovenija)|^(?<city>\p{Lu}[\p{L}-]+(?:[\s-]\p{L}+){0,2})\s*[·|•]\s*(?=[^·|•]*"
        + @"(?:\d{2}|@))|(?<=[·|•]\s*)(?<city>\p{Lu}\p{Ll}{3,})\s*[·|•]\s*(?=[^·|•]*@)|(?:(?<![-–—]\s{0,3})\b\d{4}\s(?=\S)|\b(?:\d{5}"
        + @"|\d{3}\s\d{2}|\d{2}-\d{3}|\d{4}-\d{3}|\d{4}\s[A-Z]{2})\s+)(?<city>\p{Lu}\p{L}+(?:[\s-]\p{Lu}?\p{L}+){0,2})")]
    private static partial Regex City();
}
