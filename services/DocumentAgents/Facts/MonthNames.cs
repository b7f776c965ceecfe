using System.Collections.Frozen;

namespace DocumentAgents.Facts;

/// <summary>Names of months, whole and short, in the languages we meet; folded.</summary>
internal static class MonthNames
{
    private static readonly string[][] Names =
    [
        ["january", "januar", "janvier", "januari", "enero", "gennaio", "janeiro", "tammikuu", "stycznia", "styczen", "jaenner", "janner",
            "jan", "janv", "ene", "gen", "januarie"],
        ["february", "februar", "fevrier", "februari", "febrero", "febbraio", "fevereiro", "helmikuu", "lutego", "luty", "feb", "fevr",
            "fev", "febr"],
        ["march", "marz", "maerz", "mars", "maart", "marts", "marzo", "marco", "mac", "maaliskuu", "marca", "marzec", "mar", "mrt", "mrz"],
        ["april", "avril", "abril", "aprile", "huhtikuu", "kwietnia", "kwiecien", "apr", "avr", "abr"],
        ["may", "mai", "mei", "maj", "mayo", "maggio", "maio", "toukokuu", "maja", "mag"],
        ["june", "juni", "juin", "junio", "giugno", "junho", "jun", "kesakuu", "czerwca", "czerwiec", "giu"],
        ["july", "juli", "juillet", "julio", "luglio", "julho", "julai", "jul", "heinakuu", "lipca", "lipiec", "juil", "lug"],
        ["august", "aout", "augustus", "augusti", "agosto", "ogos", "elokuu", "sierpnia", "sierpien", "aug", "ago"],
        ["september", "septembre", "septiembre", "settembre", "setembro", "syyskuu", "wrzesnia", "wrzesien", "sep", "sept", "set"],
        ["october", "oktober", "octobre", "octubre", "ottobre", "outubro", "lokakuu", "pazdziernika", "pazdziernik", "oct", "okt", "ott",
            "out"],
        ["november", "novembre", "noviembre", "novembro", "marraskuu", "listopada", "listopad", "nov"],
        ["december", "dezember", "decembre", "diciembre", "dicembre", "dezembro", "disember", "desember", "joulukuu", "grudnia",
            "grudzien", "dec", "dez", "des", "dic"],
    ];

    private static readonly FrozenDictionary<string, int> Numbers = Names
        .SelectMany((names, index) => names.Select(name => (Name: name, Month: index + 1)))
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Month);

    /// <summary>1 to 12; 0 when the word is no month.</summary>
    public static int NumberOf(string word) => Numbers.GetValueOrDefault(Words.Fold(word).Trim('.'));
}
