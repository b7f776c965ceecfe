using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>
/// The address a letter goes to, as it shows in the window of the envelope: a name above a street and a town, without a label.
/// </summary>
internal static class AddressWindow
{
    private const int Head = 28;
    private const int MaxLines = 6;

    /// <param name="seller">Whose own address it is not.</param>
    public static PrintedParty? Find(Page page, string? seller)
    {
        var sellerKey = Words.Key(seller);
        foreach (var row in page.Rows.Take(Head))
        {
            foreach (var cell in row.Cells)
            {
                if (PartyName.Read(cell.Text) is { } name && IsNameLike(row, name) && !IsSeller(name, sellerKey)
                    && IsAbove(page, row, cell, sellerKey))
                {
                    return new(name, row, 0.6);
                }
            }
        }

        return null;
    }

    // "Ejerforeningen Havnegade 12": the first line of a block may end as a street does.
    private static bool IsNameLike(PageRow row, string name) =>
        name.Count(char.IsAsciiDigit) < 5 && (!PartyName.IsAddressLine(name) || (row.AfterGap && !char.IsAsciiDigit(name[0])));

    private static bool IsSeller(string name, string sellerKey)
    {
        var key = Words.Key(name);
        return sellerKey.Length > 0
            && (key.Contains(sellerKey, StringComparison.Ordinal) || sellerKey.Contains(key, StringComparison.Ordinal));
    }

    // Street and town follow in the same column, and neither mail nor web address, which a sender prints with his.
    private static bool IsAbove(Page page, PageRow row, PageCell name, string sellerKey)
    {
        var block = Below(page, row, name).ToList();
        return block.Count(cell => PartyName.IsAddressLine(cell.Text)) >= (
            LegalForm.IsCompany(name.Text) && !PartyName.IsAddressLine(name.Text) ? 1 : 2)
            && !block.Any(cell => IsSender(cell, sellerKey))
            && (row.Index == 0 || row.AfterGap || CellAt(page.Rows[row.Index - 1], name) is not { } above || IsApart(above, sellerKey));
    }

    // What stands right above is no name, or the line of small print with which the sender begins the window; a name alone begins his own
    // address.
    private static bool IsApart(PageCell above, string sellerKey) =>
        PartyName.Read(above.Text) is not { } first || PartyName.IsAddressLine(first)
        || (IsSeller(first, sellerKey) && Words.Key(above.Text).Length > Words.Key(first).Length);

    private static bool IsSender(PageCell cell, string sellerKey) =>
        cell.Folded.Contains('@') || cell.Folded.Contains("www", StringComparison.Ordinal) || IsSeller(cell.Text, sellerKey);

    private static IEnumerable<PageCell> Below(Page page, PageRow row, PageCell name)
    {
        var missing = 0;
        var isAddress = false;
        foreach (var below in page.Rows.Skip(row.Index + 1).Take(MaxLines))
        {
            if (below.AfterGap && isAddress)
            {
                yield break;
            }

            if (CellAt(below, name) is { } cell && !cell.Text.Contains(':'))
            {
                isAddress |= PartyName.IsAddressLine(cell.Text);
                yield return cell;
            }
            else if (++missing > 1)
            {
                yield break;
            }
        }
    }

    private static PageCell? CellAt(PageRow row, PageCell name) => row.Cells.FirstOrDefault(candidate => SharesColumn(candidate, name));

    // Beside a line of text only the first column of a table begins where the text begins.
    private static bool SharesColumn(PageCell one, PageCell other) =>
        one.Column >= 0 || other.Column >= 0
            ? Math.Max(one.Column, 0) == Math.Max(other.Column, 0)
            : Math.Abs(one.Start - other.Start) <= 2;
}
