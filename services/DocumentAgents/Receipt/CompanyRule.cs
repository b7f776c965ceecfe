using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Receipt;

internal sealed record CompanyCandidate(string Name, PageRow Row, double Score)
{
    public double Confidence => Math.Clamp(0.4 + (Score / 16), 0.5, 0.95);
}

/// <summary>Who issued the receipt: a line near the top that is neither heading nor address, best with the form of a company or its number
/// beside it.</summary>
internal static partial class CompanyRule
{
    private const int HeadRows = 14;

    // As much as a company at the top of the paper with its number beside it.
    private const double Stated = 9;

    public static CompanyCandidate? Find(Page page)
    {
        var best = Candidates(page).MaxBy(candidate => candidate.Score);
        return best ?? (page.Rows.Length > 0 ? new(Clean(page.Rows[0].Text), page.Rows[0], 0) : null);
    }

    private static IEnumerable<CompanyCandidate> Candidates(Page page)
    {
        var rank = 0;
        foreach (var row in page.Rows)
        {
            if (Labelled().Match(row.Text) is { Success: true } label)
            {
                yield return new(Clean(label.Groups["name"].Value), row, Stated);
            }

            var text = row.Cells.Length > 1 && !LegalForm.IsCompany(row.Text) ? row.Cells[0].Text : row.Text;
            var isTable = row.Cells.Length > 2 && !LegalForm.IsCompany(row.Text);
            if (!isTable && IsName(row, text))
            {
                yield return new(Clean(WithAbove(page, row, text)), row, Score(page, row, text, rank));
                rank += row.Index < HeadRows ? 1 : 0;
            }
        }
    }

    // The name wrapped: its legal form, or what it deals in, begins the line.
    private static string WithAbove(Page page, PageRow row, string text) =>
        row.Index > 0 && (LegalForm.IsOnlyForm(text) || Tail().IsMatch(text))
            && IsName(page.Rows[row.Index - 1], page.Rows[row.Index - 1].Text)
            ? $"{page.Rows[row.Index - 1].Text} {text}"
            : text;

    private static bool IsName(PageRow row, string text)
    {
        var folded = Words.Collapse(Words.Fold(text));
        var form = LegalForm.IsCompany(text);
        return (row.Index < HeadRows || form) && folded.Length is >= 3 and <= 70 && !HeadWords.IsNoName(folded)
            && (form || !HeadWords.IsAddress(folded));
    }

    private static double Score(Page page, PageRow row, string text, int rank)
    {
        var score = row.Index < HeadRows ? Math.Max(0, 4 - (1.5 * rank)) : 0;
        score += LegalForm.IsCompany(text) ? 3 : 0;
        score += NumberInName().IsMatch(text) ? 2 : NextIsNumber(page, row) ? 1 : 0;
        return score + (IsPayee(page, row) ? 4 : 0);
    }

    private static bool NextIsNumber(Page page, PageRow row) =>
        row.Index + 1 < page.Rows.Length && HeadWords.IsRegistration(Words.Collapse(page.Rows[row.Index + 1].Folded));

    private static bool IsPayee(Page page, PageRow row) => row.Index > 0 && Payee().IsMatch(page.Rows[row.Index - 1].Folded.TrimEnd());

    private static string Clean(string text)
    {
        var name = Words.Collapse(text);
        var number = NumberInName().Match(name);
        if (number.Success && number.Index > 2)
        {
            name = name[..number.Index];
        }

        return Branch().Replace(Former().Replace(name, ""), "").Trim(' ', ',', '-', '*', '=');
    }

    [GeneratedRegex(
        @"\s?\(\s?([A-Z]{0,3}\s?\d{5,12}\s?[-\s]?[A-Z]{0,2})\s?\)|\s\(?(?:CO\.?\s?(?:REG)?\.?\s?(?:NO)?\.?[:\s]*)?\d{6,12}-[A-Z]\)?$",
        RegexOptions.IgnoreCase)]
    private static partial Regex NumberInName();

    [GeneratedRegex(@"\s(F\.?K\.?A\.?|FORMERLY|T/A|TRADING AS)\s.*$", RegexOptions.IgnoreCase)]
    private static partial Regex Former();

    // "STORE #123": which shop of many it was.
    [GeneratedRegex(@"\s+(?:store|shop|branch|filiale|unit)?\s*#\s?\d+$", RegexOptions.IgnoreCase)]
    private static partial Regex Branch();

    [GeneratedRegex(
        @"^\W*(?:merchant|vendor|seller|restaurant|(?:business|store|shop|merchant|vendor) name)\s*:\s*(?<name>\p{L}[^:]{2,60})$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Labelled();

    [GeneratedRegex(
        @"^(?:co\.|company|\(m\)|(?:stationery|trading|enterprises?|hardware|restaurants?|restoran|marketing|supermarket|furniture|electrical|motors?"
        + @"|pharmacy|services|industries|holdings)\s+(?:sdn|s/b|ltd|limited|inc|llc|co\b))",
        RegexOptions.IgnoreCase)]
    private static partial Regex Tail();

    [GeneratedRegex(@"(in favou?r of|payable to|paid to|sold by)\s*:?$")]
    private static partial Regex Payee();
}
