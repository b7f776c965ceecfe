using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Generic;

/// <summary>The patient of a clinical record as it is printed: name, date of birth and sex.</summary>
internal static partial class PatientFacts
{
    private static readonly string[] Names =
    [
        "patient name", "name of patient", "patient's name", "nome paziente", "nom du patient", "nombre del paciente", "patientin",
        "patientens namn", "patient", "patiente",
        "paziente", "paciente", "pasient", "potilas", "pacjent", "naam patient", "full name", "name", "nom", "nome", "nombre",
        "naam", "namn", "navn",
    ];

    private static readonly string[] Births =
    [
        "date of birth", "birth date", "born on", "born", "dob", "d.o.b", "geburtsdatum", "geb. am", "geb", "geboren am",
        "date de naissance", "ne le", "nee le",
        "data di nascita", "nato il", "nata il", "fecha de nacimiento", "data de nascimento", "geboortedatum", "fodelsedatum",
        "fodselsdato", "data urodzenia",
        "datum narozeni", "syntymaaika",
    ];

    private static readonly string[] Sexes =
        ["sex", "gender", "geschlecht", "sexe", "sesso", "sexo", "geslacht", "kon", "kjonn", "plec", "pohlavi"];

    public static void Add(FieldList fields, Page page)
    {
        var hits = LabelSearch.Find(page, Names, Name).Where(hit => !hit.IsBelow);
        if (hits.FirstOrDefault(hit => hit.Row.Cells.Length > 1 || hit.Row.Text.Contains(':')) is { } named)
        {
            var (family, given) = Split(named.Value);
            fields.Add("patient_family", family, named.Row.Place, 0.75);
            fields.Add("patient_given", given, named.Row.Place, 0.75);
        }

        if (LabelSearch.Best(page, Births, text => page.Dates(text) is [{ Start: <= 3 } date, ..] ? date.Iso : null) is { } born)
        {
            fields.Add("birth_date", born.Value, born.Row.Place, 0.8);
        }

        if (LabelSearch.Best(page, Sexes, Letter) is { } sex)
        {
            fields.Add("sex", sex.Value, sex.Row.Place, 0.8);
        }
        else if (page.Rows.FirstOrDefault(row => Person().IsMatch(row.Folded)) is { } row)
        {
            fields.Add("sex", Letter(Person().Match(row.Folded).Groups["sex"].Value), row.Place, 0.65);
        }
    }

    private static string? Name(string text) => PersonName().Match(text) is { Success: true } match ? match.Groups["name"].Value : null;

    // "Doe, John" and "John Doe".
    private static (string Family, string Given) Split(string name)
    {
        var comma = name.IndexOf(',', StringComparison.Ordinal);
        var blank = name.LastIndexOf(' ');
        return comma > 0 ? (name[..comma], name[(comma + 1)..]) : (name[(blank + 1)..], name[..blank]);
    }

    private static string? Letter(string text) => Words.Fold(text.Trim()) switch
    {
        ['m'] or ['m', ' ' or ',' or '/', ..] => "M",
        ['f' or 'w' or 'v' or 'k'] or ['f', ' ' or ',' or '/', ..] => "F",
        var word when Male().IsMatch(word) => "M",
        var word when Female().IsMatch(word) => "F",
        _ => null,
    };

    [GeneratedRegex(
        @"^(?:(?:mr|mrs|ms|miss|herrn?|frau|sig\.?(?:ra)?|m\.|mme|dhr|mevr)\.?\s+)?(?<name>\p{Lu}[\p{L}'.-]*(?:,?\s\p{Lu}[\p{L}'.-]*){"
        + @"1,3})(?=\s*(?:$|[,;(|]))",
        RegexOptions.IgnoreCase)]
    private static partial Regex PersonName();

    // "a 45-year-old male", "Il paziente maschio di 45 anni"
    [GeneratedRegex(
        @"(?:year[- ]old|yo|y/o|jahrige[rs]?|paziente|paciente|patient)\s+(?:\p{L}+\s)?(?<sex>male|female|man|woman|patientin|maschio"
        + @"|femmina|uomo|donna|hombre|mujer|homme|femme)\b|(?<sex>maschio|femmina|male|female)\s+(?:di|of|aged)\s\d")]
    private static partial Regex Person();

    [GeneratedRegex(@"^(?:male|man|mannlich|masculin|homme|maschi|uomo|masculino|hombre|varon|mann|mies|mezczyzna|muz)")]
    private static partial Regex Male();

    [GeneratedRegex(@"^(?:female|woman|weiblich|feminin|femme|femmin|donna|femenino|mujer|patientin|vrouw|kvinn|nainen|kobieta|zena)")]
    private static partial Regex Female();
}
