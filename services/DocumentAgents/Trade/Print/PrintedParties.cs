using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>Who issued a document and to whom.</summary>
internal static partial class PrintedParties
{
    private const int BelowLabel = 4;

    // "To" and the like are labels only with a colon behind them.
    private const int Preposition = 4;

    public static void Add(FieldList fields, Page page, string type)
    {
        // An order is written by the buyer: the name on top is his, and the one it goes to is the seller's.
        var isOfBuyer = type is DocumentType.PurchaseOrder or DocumentType.RemittanceAdvice or DocumentType.ReceiptAdvice;
        var buyer = Labelled(page, PartyLabels.Buyer) ?? (isOfBuyer ? Labelled(page, PartyLabels.Writer) : null);
        var labels = isOfBuyer ? PartyLabels.Seller : [.. PartyLabels.Seller, .. PartyLabels.Writer];
        var seller = Labelled(page, labels) is { } named && !SameName(named, buyer) ? named : null;
        var addressee = Labelled(page, PartyLabels.Addressee) ?? Honoured(page);
        var (first, second) = isOfBuyer
            ? OfBuyer(page, seller, buyer, addressee)
            : WithoutLabels(page, seller, buyer ?? addressee);
        var (sellerName, buyerName) = PartyRoles.Of(type);
        Add(fields, sellerName, first);
        Add(fields, buyerName, second);
    }

    private static (PrintedParty? Seller, PrintedParty? Buyer) OfBuyer(
        Page page, PrintedParty? seller, PrintedParty? buyer, PrintedParty? addressee)
    {
        var writer = Letterhead.Find(page, (seller ?? addressee)?.Name);
        buyer = buyer is null || IsDelivery(page, buyer) || (writer is { Confidence: > 0.7 } && IsShipTo(page, buyer)) ? writer
            ?? buyer : buyer;
        seller ??= addressee ?? AddressWindow.Find(page, buyer?.Name);
        return (seller is not null && SameName(seller, buyer) ? null : seller, buyer);
    }

    // The company found may be the one in the window of the envelope, under a sender whose name has no legal form.
    private static (PrintedParty? Seller, PrintedParty? Buyer) WithoutLabels(Page page, PrintedParty? seller, PrintedParty? buyer)
    {
        if (seller is null)
        {
            seller = Letterhead.Find(page, buyer?.Name);
            if (buyer is null && seller is not null && Letterhead.First(page, seller.Name) is { } first
                && first.Row.Index + 1 < seller.Row.Index
                && AddressWindow.Find(page, first.Name) is { } window && SameName(window, seller))
            {
                return (first, window);
            }
        }

        return (seller, buyer ?? AddressWindow.Find(page, seller?.Name));
    }

    private static void Add(FieldList fields, string name, PrintedParty? party)
    {
        if (party is not null)
        {
            fields.Add(name, party.Name, party.Row.Place, party.Confidence);
        }
    }

    private static PrintedParty? Honoured(Page page) => page.Rows.SelectMany(row => row.Cells.Select(cell => (Row: row, Cell: cell)))
        .Where(found => PartyName.IsAddressee(found.Cell.Text))
        .Select(found => PartyName.Read(found.Cell.Text) is { } name ? new PrintedParty(name, found.Row, 0.85) : null)
        .FirstOrDefault(party => party is not null);

    private static bool SameName(PrintedParty one, PrintedParty? other) => other is not null
        && Words.Key(one.Name) == Words.Key(other.Name);

    private static bool IsDelivery(Page page, PrintedParty buyer) =>
        Labelled(page, PartyLabels.Delivery) is { } delivery && delivery.Row == buyer.Row && SameName(buyer, delivery);

    private static bool IsShipTo(Page page, PrintedParty buyer) =>
        buyer.Row.Index > 0 && page.Rows.Skip(Math.Max(0, buyer.Row.Index - 2)).Take(3).Any(
            row => row.Folded.Contains("ship to", StringComparison.Ordinal) || row.Folded.Contains("deliver to", StringComparison.Ordinal));

    private static PrintedParty? Labelled(Page page, IReadOnlyList<string> labels)
    {
        PrintedParty? best = null;
        foreach (var row in page.Rows.Take(200))
        {
            foreach (var cell in row.Cells)
            {
                if (LabelIn(cell.Folded, labels) is var (end, score) && Read(page, row, cell, end) is { } party
                    && (best is null || party.Confidence * score > best.Confidence))
                {
                    best = party with { Confidence = party.Confidence * score };
                }
            }
        }

        return best is null ? null : best with { Confidence = Math.Clamp(best.Confidence, 0.5, 0.92) };
    }

    private static (int End, double Score)? LabelIn(string folded, IReadOnlyList<string> labels) => LabelSearch.Matches(folded, labels)
        .Select(match => (Match: match, End: WithTranslation(folded, match)))
        .Where(label => IsLabel(folded, label.Match, label.End))
        .Select(label => ((int, double)?)(label.End, label.Match.Score))
        .FirstOrDefault();

    // A label begins its cell and is followed by a colon, by nothing, or by the name.
    private static bool IsLabel(string folded, (string Label, int End, double Score) match, int end)
    {
        var start = match.End - match.Label.Length;
        if (folded[..start].Any(char.IsLetterOrDigit))
        {
            return false;
        }

        var rest = folded[end..].TrimStart();
        if (match.Label.Length <= Preposition)
        {
            return rest.StartsWith(':') || rest.Length == 0;
        }

        return rest.Length == 0 || rest[0] is ':' or '(' || match.Label.Contains(' ') || rest.StartsWith("name", StringComparison.Ordinal);
    }

    // "Furnizor / Supplier: ...": the same label in a second language.
    private static int WithTranslation(string folded, (string Label, int End, double Score) match) =>
        match.End + Translation().Match(folded[match.End..]).Length;

    private static PrintedParty? Read(Page page, PageRow row, PageCell cell, int end)
    {
        var rest = WithoutNote(cell.Text[end..].TrimStart(' ', ':', '.', '-'));
        if (rest.Length > 1)
        {
            return PartyName.Read(rest) is { } same ? new(same, row, 0.92) : null;
        }

        return Beside(row, cell)
            ?? (cell.Text.Length <= Preposition && !cell.Text.EndsWith(':') && row.Cells.Length > 1 ? null : Below(page, row, cell));
    }

    private static PrintedParty? Beside(PageRow row, PageCell cell)
    {
        var index = row.Cells.IndexOf(cell);
        if (index + 1 >= row.Cells.Length
            || row.Cells.Skip(index + 1).Any(other => LabelSearch.Match(other.Folded, PartyLabels.Buyer) is not null))
        {
            return null;
        }

        var closed = cell.Text.TrimEnd().EndsWith(':') || cell.Text.Length <= Preposition || (cell.Column >= 0 && row.Cells.Length == 2);
        return closed && PartyName.Read(row.Cells[index + 1].Text) is { } right ? new(right, row, 0.88) : null;
    }

    private static string WithoutNote(string text) =>
        text.StartsWith('(') && text.IndexOf(')', StringComparison.Ordinal) is > 0 and var close
            ? text[(close + 1)..].TrimStart(' ', ':')
            : text;

    // "For:" may be followed by goods instead of a name.
    private static bool IsPriced(Page page, PageRow row) =>
        page.Amounts(row.Text).Any(amount => amount.Decimals == 2 || amount.Currency is not null);

    private static PrintedParty? Below(Page page, PageRow row, PageCell label)
    {
        foreach (var below in page.Rows.Skip(row.Index + 1).Take(BelowLabel))
        {
            var nearest = below.Cells.Where(cell => cell.Distance(label) == 0
                || (cell.Column < 0 && Math.Abs(cell.Start - label.Start) <= 3)).MinBy(cell => Math.Abs(cell.Start - label.Start));
            if (IsPriced(page, below))
            {
                return null;
            }

            if (nearest is not null && PartyName.Read(nearest.Text) is { } name)
            {
                return new(name, below, 0.9);
            }
        }

        return null;
    }

    [GeneratedRegex(@"^\s?/\s?\p{L}[\p{L}\s.']{1,24}(?=\s?:|$)")]
    private static partial Regex Translation();
}

/// <summary>A party found in print.</summary>
internal sealed record PrintedParty(string Name, PageRow Row, double Confidence);
