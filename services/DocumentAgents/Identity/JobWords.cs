using System.Text.RegularExpressions;

namespace DocumentAgents.Identity;

/// <summary>Words by which a role is told from a company, and a school from a degree.</summary>
internal static partial class JobWords
{
    public static bool IsRole(string folded) => Role().IsMatch(folded);

    /// <summary>Whether the first word ends as names of occupations do: "Hydroloog", "Fysioterapeut", "Affréteur".</summary>
    public static bool IsAgentNoun(string folded) => AgentNoun().IsMatch(folded);

    public static bool IsSchool(string folded) => School().IsMatch(folded);

    public static bool IsDegree(string folded) => Degree().IsMatch(folded);

    /// <summary>Towns and countries that stand beside a company's name.</summary>
    public static bool IsPlaceName(string text) => Region().IsMatch(text);

    [GeneratedRegex(
        @"engineer|developer|programmer|manager|director|officer|president|\b(ceo|cto|cfo|coo|cio|vp)\b|intern\b|internship"
        + @"|administrator|consultant|analyst|assistant|\blead\b|\bhead\b|principal|specialist|coordinator|co-ordinator|teacher|tutor"
        + @"|lecturer|professor|nurse|designer|architect|\bchief\b|accountant|\bclerk\b|technician|scientist|researcher|supervisor"
        + @"|executive|representative|secretary|trainee|apprentice|associate|editor|writer|founder|owner|partner\b|freelance|contractor"
        + @"|ninja|guru|evangelist|cashier|driver|chef|waiter|waitress|barista|student|volunteer|member\b|advisor|adviser|attorney"
        + @"|lawyer|paralegal|physician|pharmacist|therapist|operator|mechanic|electrician|entwickler|leiter|berater|sachbearbeiter"
        + @"|praktikant|werkstudent|assistent|referent|kaufmann|kauffrau|ingenieur|geschaftsfuhrer|developpeur|ingenieur|responsable"
        + @"|directeur|directrice|stagiaire|chef de|charge|vendeur|ontwikkelaar|medewerker|adviseur|stagiair|utvecklare|chef\b|konsult"
        + @"|praktikant|udvikler|konsulent|radgiver|desarrollador|ingeniero|gerente|becario|responsabile|sviluppatore|ingegnere"
        + @"|impiegato|tirocinante|desenvolvedor|engenheiro|estagiario|jurutera|pengurus|mechatroniker|mechaniker|techniker"
        + @"|\p{L}{3,}(?:meister|arbeiter|schlosser|pfleger(?:in)?|verkaufer(?:in)?|fachangestellte[rn]?|helfer(?:in)?)\b|infirmier"
        + @"|ouvrier|aide-|conducteur|comptable|enseignant|juriste|verpleeg|docent\b|chauffeur|marketeer|vertegenwoordiger|sykepleier"
        + @"|sjuksk|larare|laerer|snickare|tomrer|projektleder|prosjektleder|projektledare|ingenior|ingeniør|saksbehandler|handlaggare"
        + @"|architett[oa]\b|infermier|insegnante|commess[ao]|operai[ao]|camarer[ao]|enfermer[ao]|profesor|contable|abogad[ao]"
        + @"|enfermeir[ao]|professor[ae]?\b|contabilista|redaktor|disponent|инженер|техник|менеджер|разработчик|аналитик|директор"
        + @"|специалист|бухгалтер|buchhalter|lehrer|arzt\b|arztin|koch\b|kellner")]
    private static partial Regex Role();

    [GeneratedRegex(
        @"^(?:(?:junior|senior|jr|sr|chief|head|deputy|first|second|ass\p{L}*)\.?\s)?\p{L}{3,}(?:eure?|euse|ist(?:in|e|a)?|peut|loog"
        + @"|loge|are|ent|er[oa]|dora?|tore?|trice|er(?:in)?|nik)\b")]
    private static partial Regex AgentNoun();

    [GeneratedRegex(
        @"универси|институт|академи|колледж|школа|universi|univerzi|uniwersy|egyetem|yliopist|opisto\b|koulu\b|szkol|instytut"
        + @"|technikum|college|\bschool|institut|academy|akademi|hochschule|\bfh\b|gymnasium|\bschule|schule\b|\becole|\blycee|polytech"
        + @"|politec|faculty|fakultat|seminary|\bmit\b|\beth\b|hogeschool|h[øo]yskole|hojskole|hogskola|skola\b|skole\b|instituto"
        + @"|escuela|colegio|facultad|liceo|istituto|escola|faculdade|sekolah|kolej|universiti|conservator|\bifsi\b|\bbbs\b|\blfi\b"
        + @"|berufskolleg|berufsschule|gymnasi|handelsskole|fachschule|\bucla\b|\bnyu\b|\blse\b")]
    private static partial Regex School();

    [GeneratedRegex(
        @"\b(b\.?a|b\.?sc?|m\.?a|m\.?sc?|m\.?b\.?a|ph\.?d|bachelor|master|diplom|diploma|degree|abitur|licence|baccalaureat|associate"
        + @"|bscs|b\.?eng|m\.?eng|b\.?tech|m\.?tech|b\.?com|magister|staatsexamen|minor|major|honours|honors|a-levels?|gcse|diplome"
        + @"|lehre|ausbildung zu[mr]|berufsausbildung|laurea|licenciatura|grado|kandidat|candidat|civilingenior|cand|examen|eksamen"
        + @"|fagbrev|svendebrev|master's|realschulabschluss|maturita|maturite)\b")]
    private static partial Regex Degree();

    [GeneratedRegex(
        @"^(?:[A-Z]{2}|USA?|UK|Remote|Germany|Deutschland|France|Spain|Italy|Netherlands|Sweden|Denmark|Norway|Malaysia|Singapore"
        + @"|Canada|Australia|India|Ireland|Switzerland|Austria|Belgium|Portugal|Brazil|England|Scotland)$")]
    private static partial Regex Region();
}
