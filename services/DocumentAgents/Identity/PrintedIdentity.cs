using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.Identity;

/// <summary>An identity document without a machine-readable zone: by its printed labels.</summary>
internal static class PrintedIdentity
{
    private static readonly (string Name, bool IsDate, string[] Labels)[] Fields =
    [
        ("surname", false, ["surname", "last name", "family name", "nachname", "familienname", "nom", "achternaam", "efternamn", "efternavn", "etternavn", "apellidos", "apellido", "cognome", "apelido", "nama keluarga"]),
        ("given_names", false, ["given names", "given name", "first name", "first names", "forenames", "vornamen", "vorname", "prenoms", "prenom", "voornamen", "voornaam", "fornamn", "fornavn", "nombres", "nombre", "nome", "nama"]),
        ("document_number", false, ["document number", "document no", "passport number", "passport no", "card number", "card no", "licence number", "license number", "id number", "id no", "passnummer", "pass-nr", "ausweisnummer", "dokumentennummer", "numero de document", "passeport n°", "documentnummer", "paspoortnummer", "passnummer", "dokumentnummer", "numero de documento", "numero documento", "numero di documento", "no. kad"]),
        ("nationality", false, ["nationality", "citizenship", "staatsangehorigkeit", "nationalite", "nationaliteit", "nationalitet", "nacionalidad", "cittadinanza", "nacionalidade", "warganegara"]),
        ("birth_date", true, ["date of birth", "birth date", "dob", "born", "geburtsdatum", "geburtstag", "date de naissance", "ne(e) le", "geboortedatum", "fodelsedatum", "fodselsdato", "fodselsdag", "fecha de nacimiento", "data di nascita", "data de nascimento", "tarikh lahir"]),
        ("expiry_date", true, ["date of expiry", "expiry date", "expiration date", "expires", "valid until", "gultig bis", "date d'expiration", "geldig tot", "vervaldatum", "sista giltighetsdag", "udlobsdato", "utlopsdato", "fecha de caducidad", "valido hasta", "data di scadenza", "data de validade", "tarikh luput"]),
        ("issue_date", true, ["date of issue", "issue date", "issued on", "ausstellungsdatum", "date de delivrance", "datum van afgifte", "utfardandedatum", "udstedelsesdato", "fecha de expedicion", "data di rilascio", "data de emissao"]),
        ("sex", false, ["sex", "gender", "geschlecht", "sexe", "geslacht", "kon", "kjonn", "kon", "sexo", "sesso", "jantina"]),
    ];

    public static void Read(FieldList fields, ImmutableArray<TextLine> lines)
    {
        var page = Page.Of(lines);
        foreach (var (name, isDate, labels) in Fields)
        {
            if (LabelSearch.Best(page, labels, text => isDate ? Date(page, text) : Text(text)) is { } hit)
            {
                fields.Add(name, hit.Value, hit.Row.Place, 0.5 + (0.35 * hit.Score));
            }
        }
    }

    private static string? Date(Page page, string text) => page.Dates(text) is [{ Start: <= 6 } date, ..] ? date.Iso : null;

    // Labels are often given in two or three languages, parted by slashes; those are no value.
    private static string? Text(string text)
    {
        var value = text.Trim(' ', ':', '/', '.');
        var folded = Words.Fold(value);
        return value.Length is 0 or > 60 || Fields.Any(field => field.Labels.Any(label => folded.StartsWith(label, StringComparison.Ordinal))) ? null : value;
    }
}
