using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Receipt;

/// <summary>The lines between the name of the shop and its telephone number.</summary>
internal static partial class AddressRule
{
    private const int MaxLines = 6;

    public static void Add(FieldList fields, Page page, PageRow company)
    {
        var lines = Below(page, company).ToList();
        if (lines.Count == 0)
        {
            lines = [.. page.Rows.Take(12)
                .Where(row => row != company && HeadWords.IsAddress(Words.Collapse(row.Folded)) && !HeadWords.IsContact(row.Folded))];
        }

        var street = lines.FindIndex(row => HeadWords.IsAddress(Words.Collapse(row.Folded)));
        lines = street > 0 && IsMoreOfName(company, lines[..street]) ? lines[street..] : lines;
        if (lines.Any(row => HeadWords.IsAddress(Words.Collapse(row.Folded))))
        {
            fields.Add("address", string.Join(", ", lines.Select(row => Words.Collapse(row.Text).Trim(',', ' '))), lines[0].Place, 0.7);
        }
    }

    // What stands above the street; a name with its legal form is complete, and one line below it is the house or the estate.
    private static bool IsMoreOfName(PageRow company, List<PageRow> above) =>
        above.All(row => !row.Text.Any(char.IsAsciiDigit))
        && !(above is [var only] && LegalForm.IsCompany(company.Text) && Place().IsMatch(only.Folded));

    // A shop may print its name again, above the whole of the address.
    private static PageRow LastNamed(Page page, PageRow company) =>
        page.Rows.Skip(company.Index + 1).Take(MaxLines)
            .LastOrDefault(row => Words.Collapse(row.Folded) == Words.Collapse(company.Folded)) ?? company;

    private static IEnumerable<PageRow> Below(Page page, PageRow company)
    {
        var taken = 0;
        var isAddress = false;
        var isComplete = false;
        foreach (var row in page.Rows.Skip(LastNamed(page, company).Index + 1).Take(MaxLines + 2))
        {
            var folded = Words.Collapse(row.Folded);
            if ((HeadWords.IsRegistration(folded) || (!isAddress && HeadWords.IsContact(folded))) && !HeadWords.IsAddress(folded))
            {
                continue;
            }

            var isBranch = isComplete && Branch().IsMatch(folded);
            if (taken == MaxLines || (row.AfterGap && isAddress) || isBranch || EndsBlock(page, row, folded))
            {
                yield break;
            }

            taken++;
            isAddress |= HeadWords.IsAddress(folded);
            isComplete |= PostCode().IsMatch(folded);
            yield return row;
        }
    }

    // A heading, a telephone, a table, or a second name with its number below.
    private static bool EndsBlock(Page page, PageRow row, string folded) =>
        row.Cells.Length > 2 || page.Dates(row.Text) is [{ Start: <= 1 }, ..] || HeadWords.IsContact(folded) || HeadWords.IsHeading(folded)
        || (row.Index + 1 < page.Rows.Length && !HeadWords.IsAddress(folded)
            && HeadWords.IsRegistration(Words.Collapse(page.Rows[row.Index + 1].Folded)));

    [GeneratedRegex(@"\b(?:village|mall|plaza|cent(?:re|er)|complex|kompleks|bangunan|building|tower|menara|park|estate|house)\b")]
    private static partial Regex Place();

    [GeneratedRegex(@"(?<!\d)\d{5}\s+[a-z]")]
    private static partial Regex PostCode();

    // "1413-SETIA ALAM 2": which shop of the chain it was.
    [GeneratedRegex(@"^\d{3,4}\s?-\s?[a-z]")]
    private static partial Regex Branch();
}
