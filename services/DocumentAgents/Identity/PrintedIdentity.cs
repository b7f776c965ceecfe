using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.Identity;

/// <summary>An identity document without a machine-readable zone: by its printed labels.</summary>
internal static partial class PrintedIdentity
{
    private static readonly (string Name, bool IsDate, string[] Labels)[] Fields =
    [
        ("surname", false, [
            "surname", "last name", "family name", "nachname", "familienname", "nom", "achternaam", "efternamn", "efternavn",
            "etternavn", "apellidos", "apellido", "cognome", "apelido", "nama keluarga", "nazwisko", "prijmeni", "priezvisko",
            "csaladi nev", "prezime", "priimek", "nume", "sukunimi", "soyadi", "perekonnanimi", "ln", "name"]),
        ("given_names", false, [
            "given names", "given name", "first name", "first names", "forenames", "vornamen", "vorname", "prenoms", "prenom",
            "voornamen", "voornaam", "fornamn", "fornavn", "nombres", "nombre", "nome", "imiona", "imie", "jmeno", "meno", "utonev",
            "ime", "prenume", "etunimet", "eesnimi", "fn", "nama"]),
        ("document_number", false, [
            "document number", "document no", "passport number", "passport no", "card number", "card no", "licence number",
            "license number", "id number", "id no", "passnummer", "pass-nr", "ausweisnummer", "dokumentennummer", "numero de document",
            "passeport n°", "documentnummer", "paspoortnummer", "passnummer", "dokumentnummer", "numero de documento",
            "numero documento", "numero di documento", "n° du document", "nº de documento", "karten-nr", "kartennummer", "karten nr",
            "n° de carte", "kaartnummer", "kortnummer", "kortnr", "numero de identidad", "numero de carnet", "pass no", "permit no",
            "permit number", "numero", "no. kad", "numer dokumentu", "nr dokumentu", "cislo dokladu", "okmanyazonosito", "broj isprave",
            "numar document", "asiakirjan numero", "dokumendi number", "dl no", "dl"]),
        ("nationality", false, [
            "nationality", "citizenship", "staatsangehorigkeit", "nationalite", "nationaliteit", "nationalitet", "nacionalidad",
            "cittadinanza", "nacionalidade", "warganegara", "obywatelstwo", "statni obcanstvi", "statna prislusnost", "allampolgarsag",
            "drzavljanstvo", "cetatenia", "kansalaisuus", "kodakondsus"]),
        ("birth_date", true, [
            "date of birth", "birth date", "dob", "born", "geburtsdatum", "geburtstag", "date de naissance", "ne(e) le", "geboortedatum",
            "fodelsedatum", "fodselsdato", "fodselsdag", "fecha de nacimiento", "data di nascita", "data de nascimento", "geboren am",
            "geboren", "geb.", "date de naiss.", "date de naiss", "f. nacimiento", "nato il", "nata il", "nascido em", "tarikh lahir",
            "data urodzenia", "datum narozeni", "datum narodenia", "szuletesi ido", "datum rodenja", "datum rojstva", "data nasterii",
            "syntymaaika", "sunniaeg"]),
        ("expiry_date", true, [
            "date of expiry", "expiry date", "expiration date", "expires", "valid until", "gultig bis", "date d'expiration",
            "geldig tot", "vervaldatum", "sista giltighetsdag", "udlobsdato", "utlopsdato", "fecha de caducidad", "valido hasta",
            "data di scadenza", "data de validade", "date d'expir.", "date d'expir", "karte gultig bis", "valable jusqu'au", "caducidad",
            "validez", "valida ate", "giltigt till", "gyldig til", "geldig tot en met", "scadenza", "tarikh luput", "data waznosci",
            "termin waznosci", "platnost do", "ervenyes", "vrijedi do", "valabil pana la", "viimeinen voimassaolopaiva", "voimassa",
            "exp"]),
        ("issue_date", true, [
            "date of issue", "issue date", "issued on", "ausstellungsdatum", "date de delivrance", "datum van afgifte",
            "utfardandedatum", "udstedelsesdato", "fecha de expedicion", "data di rilascio", "data de emissao", "data wydania",
            "datum vydani", "datum vydania", "kiallitas datuma", "datum izdavanja", "data emiterii", "myonnetty", "iss"]),
        ("sex", false, [
            "sex", "gender", "geschlecht", "sexe", "geslacht", "kon", "kjonn", "kon", "sexo", "sesso", "jantina", "plec", "pohlavi",
            "nem", "spol", "sexul", "sukupuoli"]),
    ];

    public static void Read(FieldList fields, ImmutableArray<TextLine> lines)
    {
        var page = Page.Of(lines);
        DrivingLicence.Read(fields, page);
        foreach (var (name, isDate, labels) in Fields)
        {
            if (!fields.Has(name)
                && LabelSearch.Best(page, labels, text => isDate ? Date(page, text) : name == "document_number"
                ? Number(text)
                : Text(text)) is { } hit)
            {
                fields.Add(name, hit.Value, hit.Row.Place, 0.5 + (0.35 * hit.Score));
            }
        }
    }

    private static string? Date(Page page, string text) =>
        page.Dates(text) is [{ Start: <= 6 } date, ..] ? date.Iso
        : Spaced().Match(text) is { Success: true } parts ? IsoDate.FromParts(Part(parts, 3), Part(parts, 2), Part(parts, 1)) : null;

    private static int Part(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static string? Number(string text) => Text(text) is { } number && number.Any(char.IsAsciiDigit) ? number : null;

    [GeneratedRegex(@"^\W{0,3}(\d{2}) (\d{2}) ((?:19|20)\d{2})\b")]
    private static partial Regex Spaced();

    // Labels are often given in two or three languages, parted by slashes; those are no value.
    private static string? Text(string text)
    {
        var value = text.Trim(' ', ':', '/', '.');
        var folded = Words.Fold(value);
        return value.Length is 0 or > 60
            || Fields.Any(field =>
                field.Labels.Any(label => LabelSearch.IndexOfWhole(folded, label) is >= 0 and var at && (at == 0 || label.Length > 6)))
                ? null
                : value;
    }
}
