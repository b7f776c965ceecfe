using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>Reads the amount of a sum, and knows the rows that only look like one.</summary>
internal static partial class SumText
{
    /// <summary>The last amount of a text, or null when it has none or is not only an amount.</summary>
    public static string? Read(Page page, string text)
    {
        text = AfterAmount().Match(text) is { Success: true } first ? first.Value : text;
        var amounts = page.Amounts(text).Where(amount => amount.Decimals is 2 or 3 || amount.Currency is not null || IsAlone(text))
            .ToList();
        return amounts.Count == 0 || Sentence().IsMatch(Words.Fold(text)) ? null : Amount.Text(amounts[^1].Value);
    }

    public static bool IsOther(LabelHit hit) => Other().IsMatch(Words.Collapse(hit.Row.Folded)) && hit.Row.Cells.Length < 4;

    /// <summary>Whether a row says that its sum leaves out the tax.</summary>
    public static bool IsWithoutTax(PageRow row) => WithoutTax().IsMatch(row.Folded)
        && !row.Folded.Contains("incl", StringComparison.Ordinal) && !row.Folded.Contains("inkl", StringComparison.Ordinal);

    private static bool IsAlone(string text) => !text.Any(char.IsLetter);

    [GeneratedRegex(
        @"\b(?:ekskl|exkl|excl|excluding|exclusief|exclusive|eks|ex|hors|sin|sem|senza|ohne|zonder|before|fara|bez|ilman|nelkul)\b")]
    private static partial Regex WithoutTax();

    [GeneratedRegex(@"\p{L}{3,}(?:\s+\p{L}+){4,}")]
    private static partial Regex Sentence();

    // "10.042,00 EUR, tax free. Delivery in four weeks.": what is said in the next sentence is not about the sum; "zzgl." ends none.
    [GeneratedRegex(
        @"^.*?\d[.,]\d\d\b[^.]{0,40}(?<=\d|[€£$]|\b[A-Z]{3}|\p{L}{4})"
        + @"(?<!\b(?i:inkl|incl|excl|exkl|zzgl|zuzgl|abzgl|einschl|ausschl|mwst|ust|vat|tva|btw|iva))\.(?=\s+\p{Lu}\p{L})")]
    private static partial Regex AfterAmount();

    [GeneratedRegex(
        @"total (items|qty|quantity|weight|pages|hours|points|savings|discount)|gesamt(menge|gewicht)|per (hour|unit|month)|tax id"
        + @"|vat (no|number|id|reg)|ust-id|btw[- ]?(nummer|nr)|n° tva|tva intra|tax number|steuer-?nr|%\s*$")]
    private static partial Regex Other();
}
