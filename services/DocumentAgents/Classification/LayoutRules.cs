using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DocumentAgents.BankStatement;
using DocumentAgents.Contract;
using DocumentAgents.Facts;
using DocumentAgents.Identity;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.Classification;

/// <summary>Scores the types by how a document is built, whatever its language.</summary>
internal static partial class LayoutRules
{
    private static readonly string[] Monetary =
        [DocumentType.Invoice, DocumentType.CreditNote, DocumentType.Receipt, DocumentType.BankStatement];

    public static void Score(Dictionary<string, TypeScore> scores, DocumentContent content, ImmutableArray<TextLine> lines)
    {
        if (MrzZone.Find(lines) is { } zone)
        {
            TextRules.Of(scores, DocumentType.IdentityDocument).Add(20, $"machine-readable zone {zone.Format}", zone.Place);
        }

        if (TransactionTable.Find(content.Tables) is { } table)
        {
            TextRules.Of(scores, DocumentType.BankStatement)
                .Add(12, $"{table.Rows.Length} rows of dated amounts", table.Table.PlaceOf(table.Rows[0], 0));
        }

        var filled = lines.Where(line => !string.IsNullOrWhiteSpace(line.Text)).Take(1_000).ToList();
        if (filled.Count == 0)
        {
            return;
        }

        ScoreReceipt(scores, content, filled);
        ScoreForm(scores, filled);
        ScoreContract(scores, filled);
        ScoreParties(scores, lines);
        var page = Page.Of(lines);
        ScoreStatement(scores, page);
        ScoreResume(scores, filled, ResumeSections.Count(page));
        DiscountTalk(scores, page);
        OtherShapes.Score(scores, filled);
        TradeShape.Score(scores, page);
    }

    // A text without a single amount may speak of invoices, receipts and accounts, but is none.
    private static void DiscountTalk(Dictionary<string, TypeScore> scores, Page page)
    {
        if (!page.Rows.Any(row => page.Amounts(row.Text).Any(amount => amount.Decimals > 0 || amount.Currency is not null)))
        {
            foreach (var score in Monetary.Where(scores.ContainsKey).Select(type => scores[type]))
            {
                score.Add(-score.Points / 2, "no amount anywhere", null);
            }
        }
    }

    // Rows that begin with a date and carry on a balance.
    private static void ScoreStatement(Dictionary<string, TypeScore> scores, Page page)
    {
        if (RunningBalance.Find(page) is { } balance)
        {
            TextRules.Of(scores, DocumentType.BankStatement)
                .Add(8, $"{balance.Rows.Count} rows that carry on a balance", balance.Rows[0].Row.Place);
        }
    }

    // A till prints on a narrow strip of paper.
    private static void ScoreReceipt(Dictionary<string, TypeScore> scores, DocumentContent content, List<TextLine> lines)
    {
        var widths = lines.Select(line => Words.Collapse(line.Text).Length).Order().ToList();
        var priced = lines.Count(line => PriceAtEnd().IsMatch(line.Text));
        var isNarrow = widths[^1] <= 64 && widths[widths.Count / 2] <= 30;
        if (content.Format is not (DocumentFormat.Xlsx or DocumentFormat.Email) && lines.Count is >= 6 and <= 160 && isNarrow
            && priced >= 2)
        {
            var timed = lines.FirstOrDefault(line => ClockTime().IsMatch(line.Text));
            TextRules.Of(scores, DocumentType.Receipt).Add(5, "narrow lines with prices", lines[0].Place);
            TextRules.Of(scores, DocumentType.Receipt).Add(timed is null ? 0 : 3, "a time of day", timed?.Place);
            var change = lines.FirstOrDefault(line => Change().IsMatch(line.Text));
            TextRules.Of(scores, DocumentType.Receipt).Add(change is null ? 0 : 4, "change given", change?.Place);
        }
    }

    private static void ScoreForm(Dictionary<string, TypeScore> scores, List<TextLine> lines)
    {
        var blanks = lines.Where(line => Blank().IsMatch(line.Text)).ToList();
        if (blanks.Count >= 4 && blanks.Count * 12 >= lines.Count)
        {
            TextRules.Of(scores, DocumentType.Form)
                .Add(blanks.Count * 3 >= lines.Count ? 9 : 5, $"{blanks.Count} places to fill in", blanks[0].Place);
        }

        var numbered = lines.Where(line => NumberedQuestion().IsMatch(line.Text)).ToList();
        if (numbered.Count >= 5 && numbered.Count * 10 >= lines.Count)
        {
            TextRules.Of(scores, DocumentType.Form).Add(3, $"{numbered.Count} numbered questions", numbered[0].Place);
        }
    }

    private static void ScoreResume(Dictionary<string, TypeScore> scores, List<TextLine> lines, int sections)
    {
        if (sections >= 3)
        {
            TextRules.Of(scores, DocumentType.Resume).Add(3, $"{sections} sections of a résumé", lines[0].Place);
        }

        var periods = lines.Where(line => Period().IsMatch(line.Text)).ToList();
        if (periods.Count >= 2)
        {
            TextRules.Of(scores, DocumentType.Resume)
                .Add(periods.Count > 2 ? 4 : 3, $"{periods.Count} periods of a career", periods[0].Place);
        }

        if (lines.Take(14).FirstOrDefault(line => Mail().IsMatch(line.Text)) is { } mail && (periods.Count > 0 || sections >= 2))
        {
            TextRules.Of(scores, DocumentType.Resume).Add(2, "contact at the top", mail.Place);
        }
    }

    private static void ScoreContract(Dictionary<string, TypeScore> scores, List<TextLine> lines)
    {
        var words = lines.Sum(line => line.Text.Count(character => character == ' '));
        var duties = lines.Sum(line => Duty().Count(line.Text));
        if (words > 300 && duties * 150 > words)
        {
            TextRules.Of(scores, DocumentType.Contract).Add(4, $"{duties} duties stated", lines[0].Place);
        }

        var clauses = lines.Where(line => Clause().IsMatch(line.Text)).ToList();
        if (clauses.Count >= 3)
        {
            TextRules.Of(scores, DocumentType.Contract).Add(4, $"{clauses.Count} clauses", clauses[0].Place);
        }
    }

    // What is headed as a contract and names its parties needs no clauses.
    private static void ScoreParties(Dictionary<string, TypeScore> scores, ImmutableArray<TextLine> lines)
    {
        if (scores.TryGetValue(DocumentType.Contract, out var contract) && contract.Strongest >= 4
            && LabelledParties.OfLines(Prose.Of(lines)) is { Count: > 1 } parties)
        {
            contract.Add(4, "two parties with their roles", parties[0].Place);
        }
    }

    [GeneratedRegex(
        @"^\W*(?:change|changes|baki|wechselgeld|r[uü]ckgeld|wisselgeld|cambio)(?:\s(?:due|given|rm"
        + @"|back))?\b\W*(?:[A-Z]{2,3}\W*)?[\d.,]*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Change();

    [GeneratedRegex(@"\b\d{1,2}:\d\d(:\d\d)?\b|\b\d{1,2}h\d\d\b")]
    private static partial Regex ClockTime();

    [GeneratedRegex(
        @"^\W{0,3}(?:§+\s?\d|(?:art(?:icle|ikel|icolo|[ií]culo|igo)?|clause|clausula|ziffer|section)\.?\s?(?:\d|[IVX]+\b|premi[èe]r"
        + @"|1er)|(?:PRIMER[AO]|SEGUND[AO]|TERCER[AO]|CUART[AO]|QUINTA|SEXTA)\b\s?[.:-])",
        RegexOptions.IgnoreCase)]
    private static partial Regex Clause();

    [GeneratedRegex(@"\d[.,]\d\d\s?(-|\)|[A-Z]{1,3})?\s*$")]
    private static partial Regex PriceAtEnd();

    [GeneratedRegex(@"_{4,}|\.{8,}|…{3,}|[☐☑☒□]|\[\s{1,3}\]|\(\s{1,3}\)|:\s*$|FORMTEXT|FORMCHECKBOX")]
    private static partial Regex Blank();

    [GeneratedRegex(@"^\s*\d{1,2}\s?[-–.)]\s")]
    private static partial Regex NumberedQuestion();

    [GeneratedRegex(
        @"\b((0?[1-9]|1[0-2])[./-])?(19|20)\d\d(-\d\d)?\s?(-|–|—|to|until|bis|à|til|tot|a)\s?((\p{L}{3,9}\.?\s|(0?[1-9]"
        + @"|1[0-2])[./-])?(19|20)\d\d|present|now|today|current|heute|aujourd|actuel|heden|nu\b|oggi|hoy|i dag|idag|dato|obecnie"
        + @"|nykyinen|dosud|soucasnost|současnost|trvá|doteraz|súčasnosť|jelenleg|prezent|do danas|настоящее|halen|atual|attuale"
        + @"|presente|actualidad)|^\W*(since|seit|depuis|sedan|siden|sinds|desde|dal)\s(19|20)\d\d\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Period();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+\.[\w.]+")]
    private static partial Regex Mail();

    [GeneratedRegex(
        @"\b(shall|hereby|herein|thereof|hereunder|verpflichtet|s'engage|verbindt|förbinder|forpligter|se obliga|si impegna"
        + @"|obriga-se)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Duty();
}
