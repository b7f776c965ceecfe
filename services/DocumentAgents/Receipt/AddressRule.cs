using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Receipt;

/// <summary>The lines between the name of the shop and its telephone number.</summary>
internal static class AddressRule
{
    private const int MaxLines = 6;

    public static void Add(FieldList fields, Page page, PageRow company)
    {
        var lines = Below(page, company).ToList();
        if (lines.Count == 0)
        {
            lines = [.. page.Rows.Take(12).Where(row => row != company && HeadWords.IsAddress(Words.Collapse(row.Folded)) && !HeadWords.IsContact(row.Folded))];
        }

        // What stands above the street is more of the name.
        var street = lines.FindIndex(row => HeadWords.IsAddress(Words.Collapse(row.Folded)));
        lines = street > 0 && lines.Take(street).All(row => !row.Text.Any(char.IsAsciiDigit)) ? lines[street..] : lines;
        if (lines.Any(row => HeadWords.IsAddress(Words.Collapse(row.Folded))))
        {
            fields.Add("address", string.Join(", ", lines.Select(row => Words.Collapse(row.Text).Trim(',', ' '))), lines[0].Place, 0.7);
        }
    }

    private static IEnumerable<PageRow> Below(Page page, PageRow company)
    {
        var taken = 0;
        var isAddress = false;
        foreach (var row in page.Rows.Skip(company.Index + 1).Take(MaxLines + 2))
        {
            var folded = Words.Collapse(row.Folded);
            if (HeadWords.IsRegistration(folded) && !HeadWords.IsAddress(folded))
            {
                continue;
            }

            if (taken == MaxLines || (row.AfterGap && isAddress) || EndsBlock(page, row, folded))
            {
                yield break;
            }

            taken++;
            isAddress |= HeadWords.IsAddress(folded);
            yield return row;
        }
    }

    // A heading, a telephone, a table, or a second name with its number below.
    private static bool EndsBlock(Page page, PageRow row, string folded) =>
        row.Cells.Length > 2 || page.Dates(row.Text) is [{ Start: <= 1 }, ..] || HeadWords.IsContact(folded) || HeadWords.IsHeading(folded)
        || (row.Index + 1 < page.Rows.Length && !HeadWords.IsAddress(folded) && HeadWords.IsRegistration(Words.Collapse(page.Rows[row.Index + 1].Folded)));
}
