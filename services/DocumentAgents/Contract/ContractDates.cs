using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Contract;

/// <summary>When a contract was made, from when it holds and when it ends.</summary>
internal static partial class ContractDates
{
    private const int HeadLength = 4_000;

    public static void Add(FieldList fields, Prose prose)
    {
        var dates = PrintedDates.Find(prose.Text, PrintedDates.IsMonthFirst(prose.Text)).ToList();
        var made = Made(prose, dates);
        var term = ContractTerm.Span(prose, dates);
        var effective = Effective(prose, dates) ?? term?.First;
        Add(fields, "agreement_date", prose, made, effective);

        // Without another word a contract holds from the day it was made.
        Add(fields, "effective_date", prose, effective, made);
        if (ContractTerm.End(prose, dates, (effective ?? made)?.Iso, term?.Last) is { } end)
        {
            fields.Add("expiration_date", end.Text, end.Place, end.Confidence);
        }
    }

    private static void Add(FieldList fields, string name, Prose prose, PrintedDate? date, PrintedDate? otherwise)
    {
        if ((date ?? otherwise) is { } found)
        {
            fields.Add(name, found.Iso, prose.PlaceOf(found.Start), date is null ? 0.58 : 0.85);
        }
    }

    private static PrintedDate? Made(Prose prose, List<PrintedDate> dates)
    {
        var head = dates.Where(date => date.Start < HeadLength).ToList();
        foreach (var date in head)
        {
            if (MadeBefore().IsMatch(Before(prose, date, 90)) && !OtherAgreement().IsMatch(Before(prose, date, 40))
                && !ForTerm().IsMatch(Before(prose, date, 60)))
            {
                return date;
            }
        }

        return Labelled(prose, head) ?? Signed(prose, dates);
    }

    private static PrintedDate? Labelled(Prose prose, List<PrintedDate> dates) =>
        First(dates, date => LabelBefore().IsMatch(Before(prose, date, 30)));

    // Nobody dated it: it was made when the last party signed. Days of the term are none of signing, and an article alone says little.
    private static PrintedDate? Signed(Prose prose, List<PrintedDate> dates)
    {
        var others = dates.Where(date => !IsOfTerm(prose, date)).ToList();
        return Last(prose, others, SignedBefore()) ?? Last(prose, others, ArticleBefore());
    }

    private static PrintedDate? Last(Prose prose, List<PrintedDate> dates, Regex before)
    {
        var signatures = dates.Where(date => before.IsMatch(Before(prose, date, 60))).ToList();
        return signatures.Count == 0 ? null : signatures.MaxBy(date => date.Iso);
    }

    private static bool IsOfTerm(Prose prose, PrintedDate date)
    {
        var before = Before(prose, date, 60);
        return EffectiveBefore().IsMatch(before) || CommencesBefore().IsMatch(before) || ContractTerm.IsEnd(before);
    }

    private static PrintedDate? Effective(Prose prose, List<PrintedDate> dates) =>
        First(dates, date => EffectiveBefore().IsMatch(Before(prose, date, 60)))
        ?? First(dates, date => EffectiveAfter().IsMatch(After(prose, date, 45)))
        ?? First(dates, date => CommencesBefore().IsMatch(Before(prose, date, 60)));

    private static PrintedDate? First(List<PrintedDate> dates, Func<PrintedDate, bool> holds)
    {
        foreach (var date in dates)
        {
            if (holds(date))
            {
                return date;
            }
        }

        return null;
    }

    private static string Before(Prose prose, PrintedDate date, int length) => prose.Text[Math.Max(0, date.Start - length)..date.Start];

    private static string After(Prose prose, PrintedDate date, int length) =>
        prose.Text[date.End..Math.Min(prose.Text.Length, date.End + length)];

    [GeneratedRegex(
        @"(?:made|entered|executed|signed|concluded|dated|geschlossen|conclu|gesloten|ing[aå]s|ing[aå]et|inng[aå]tt|celebrado|firmado"
        + @"|stipulato|celebrad[ao]|zawart[ay]|uzav[rř]en[aáoé]|sklenjen[ao]?|sklopljen[o]?|[iî]ncheiat[aă]?|k[oö]t[oö]tt[eé]k"
        + @"|solmittu)\b[^.;]{0,70}$|\b(?:dated|as of|this|effective)\s*(?:as\s+of\s+)?(?:the\s+)?[^\w]{0,3}$",
        RegexOptions.IgnoreCase)]
    private static partial Regex MadeBefore();

    [GeneratedRegex(@"\b(?:that certain|amended|original|prior|previous|existing)\b[^.;]*$", RegexOptions.IgnoreCase)]
    private static partial Regex OtherAgreement();

    // "conclu pour une durée d'un an à compter du": from when it holds.
    [GeneratedRegex(@"\b(?:dur[ée]e|compter|decorrere|befristet|looptijd|ingaande|term of|period of)\b[^.;]*$", RegexOptions.IgnoreCase)]
    private static partial Regex ForTerm();

    [GeneratedRegex(
        @"(?:^|[\s(])(?:date|agreement date|contract date|datum|date du contrat|dato|fecha|data)\s*:?\s*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex LabelBefore();

    [GeneratedRegex(
        @"\bdated?\s*:?\s*$|/s/[^/]{0,50}$|\p{Lu}\p{L}+,\s*(?:(?:den|dem|le|l[iì]|a|am|el)\s*)?$|\b(?:fait|unterzeichnet|ondertekend"
        + @"|undertecknat|underskrevet|overeengekomen|opgemaakt|getekend|ausgefertigt|redatto|feito|hecho|allekirjoitettu|podpis\w*"
        + @"|sporz[aą]dzon\w*|signert|firmado"
        + @"|firmato|assinado)\b[^.;]{0,50}$",
        RegexOptions.IgnoreCase)]
    private static partial Regex SignedBefore();

    [GeneratedRegex(@"\b(?:den|dem|le|li|a)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex ArticleBefore();

    [GeneratedRegex(
        @"\beffective\s+(?:as\s+of\s+|from\s+|on\s+|date\s*(?:is|:|of|means|shall be)?\s*(?:as\s+of\s+)?)?(?:the\s+)?[^\w]{0,3}$"
        + @"|\beffective date""?\)?\s*(?:is|:|means|shall mean|shall be)\s*$|\b(?:tritt|wirksam|gilt)\b[^.]{0,30}\b(?:am|ab|zum"
        + @"|seit)\s*$|\b(?:gaat|treedt|ingaande)\b[^.]{0,20}\b(?:op|per)\s*$|\b[àa] compter du\s*$|\ba decorrere dal\s*$"
        + @"|\bcon effetto dal\s*$|\bmed virkning fra\s*$|\bfr[åa]n? og med\s*$|\bfr[åa]n och med\s*$|\b(?:tiltredelse|tiltraedelse"
        + @"|eintritt|eintrittsdatum|vertragsbeginn|mietbeginn|startdato|startdatum|tilltr[aä]de|aanvang|ingangsdatum|inizio|decorrenza"
        + @"|inicio|in[ií]cio|commencement(?: date)?|start date)\W{1,3}(?:er|ist|is|[aä]r|:)?\s*(?:am|den|on|il|el)?\s*$"
        + @"|\b(?:prend(?:ra)? effet|entre(?:ra)? en vigueur) (?:le|au)\s*$|\bin werking op\s*$|\b(?:entrar[aá]|entra"
        + @"|entrer[aà]) en?m? (?:em )?vig(?:or|encia)[^.;]{0,12}$|\b(?:t[eê]m|ter[aá]) in[ií]cio em\s*$|\ba partir del?\s*$"
        + @"|\btr[aeä]+der? i kraft[^.;]{0,12}$|\btrer i kraft[^.;]{0,12}$|\bobowi[aą]zuje od(?: dnia)?\s*$"
        + @"|\bnab[yý]v[aá] [uú][cč]innosti[^.;]{0,12}$|\bha (?:effetto|decorrenza) dal\s*$|\bdecorre dal\s*$|\bg[aä]ller fr[aå]n\s*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex EffectiveBefore();

    [GeneratedRegex(@"^\W{0,4}\(?\s*(?:the|hereinafter|collectively|,)?\s*""?\s*(?:the\s+)?""?effective date", RegexOptions.IgnoreCase)]
    private static partial Regex EffectiveAfter();

    [GeneratedRegex(
        @"\b(?:commenc(?:e|es|ing)|begin(?:s|ning|nt)?|start(?:s|ing|et)?|begynder|b[öo]rjar|starter)\s+(?:on|upon|as of|from|am|ab"
        + @"|den|fra|op)?\s*(?:the\s+)?$",
        RegexOptions.IgnoreCase)]
    private static partial Regex CommencesBefore();
}
