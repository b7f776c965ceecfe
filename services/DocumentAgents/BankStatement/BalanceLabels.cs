using System.Text.RegularExpressions;
using DocumentAgents.Facts;

namespace DocumentAgents.BankStatement;

/// <summary>What banks call the balances a statement begins and ends with; folded.</summary>
internal static partial class BalanceLabels
{
    public static IReadOnlyList<string> Opening { get; } =
    [
        "opening balance", "balance last statement", "last statement balance", "balance from last statement", "start balance",
        "solde initial au", "saldovortrag", "saldo fra forrige utskrift", "saldo fra forrige", "saldo precedente", "solde reporte",
        "vortrag", "alkusaldo", "saldo poczatkowe", "beginning balance", "previous balance", "balance brought forward",
        "starting balance", "balance forward", "anfangssaldo", "alter kontostand", "alter saldo", "ancien solde", "solde initial",
        "solde precedent", "beginsaldo", "vorig saldo", "oud saldo", "ingaende saldo", "inngaende saldo", "primosaldo", "startsaldo",
        "saldo anterior", "saldo inicial", "saldo iniziale", "baki awal", "likutis pradziai", "sakuma atlikums", "algsaldo", "saldo awal",
        "pocatecni zustatek", "pociatocny zostatok", "nyito egyenleg", "acilis bakiyesi", "devreden bakiye", "so du dau ky",
        "входящий остаток", "начальный остаток", "期初余额", "期初結餘", "前月残高", "繰越残高", "기초잔액", "이월잔액",
    ];

    public static IReadOnlyList<string> Closing { get; } =
    [
        "closing balance", "balance this statement", "this statement balance", "end balance", "schlusssaldo", "saldo i deres favor",
        "saldo i din favor", "saldo ved periodens slutt", "loppusaldo", "saldo koncowe", "saldo al", "ending balance", "new balance",
        "balance carried forward", "final balance", "current balance", "endsaldo", "neuer kontostand", "neuer saldo", "kontostand",
        "nouveau solde", "solde final", "solde au", "eindsaldo", "nieuw saldo", "utgaende saldo", "slutsaldo", "ultimosaldo",
        "saldo final", "saldo actual", "saldo finale", "baki akhir", "likutis pabaigai", "beigu atlikums", "loppsaldo", "saldo akhir",
        "konecny zustatek", "konecny zostatok", "zaro egyenleg", "kapanis bakiyesi", "so du cuoi ky", "исходящий остаток",
        "конечный остаток", "期末余额", "期末結餘", "当月残高", "기말잔액",
    ];

    // Only where such words are all a cell of a table says.
    private static readonly string[] OpeningCells = ["brought forward", "b/f", "b/fwd", "opening", "carried over", "a nouveau"];

    private static readonly string[] ClosingCells = ["carried forward", "c/f", "c/fwd", "closing"];

    // Sums of what came and went, which stand between transactions as if they were some.
    private static readonly string[] Turnover =
        ["turnover", "total turnover", "umsatzsumme", "apyvarta", "apgrozijums", "kaive", "obrat", "obroty", "обороты",
         "total debits", "total credits"];

    public static bool IsTurnover(string cell) => IsOnly(cell, Turnover);

    public static bool IsOpening(string cell) => IsOnly(cell, Opening) || IsOnly(cell, OpeningCells);

    public static bool IsClosing(string cell) => IsOnly(cell, Closing) || IsOnly(cell, ClosingCells);

    // "Solde initial au 01/04/2026": nothing but a date may follow.
    private static bool IsOnly(string cell, IReadOnlyList<string> labels)
    {
        if (cell.Length is < 3 or > 60)
        {
            return false;
        }

        var text = Words.Collapse(Words.Fold(cell)).Trim('*', '-', ':', '.', ' ');
        return labels.Any(label => text.StartsWith(label, StringComparison.Ordinal) && Rest().IsMatch(text[label.Length..]));
    }

    [GeneratedRegex(
        @"^(?:\s*\(?(?:on|at|of|as|the|au|du|le|am|vom|zum|per|al|a|del|il|op|van|pr|den|em|eur|gbp|usd"
        + @"|chf)?\W*)(?:\d[\d./-]*(?:\s\p{L}{3,10}\.?)?(?:\s\d{4})?\)?)?\s*$")]
    private static partial Regex Rest();
}
