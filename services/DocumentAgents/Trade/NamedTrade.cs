using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.Trade;

/// <summary>Reads business documents in JSON and XML of vocabularies nobody told us: by what their members are called.</summary>
internal static partial class NamedTrade
{
    private const double Sure = 0.85;

    /// <summary>Null when the names say too little.</summary>
    public static Extraction? Read(DocumentContent content, string type)
    {
        if (WordBoxes.Find(content).Count > 0)
        {
            return null;
        }

        var all = NamedLeaf.Of(content);
        var lines = NamedLines.Read(all);
        var heads = all.Where(leaf => !leaf.IsInLine).ToList();
        var fields = new FieldList();
        AddText(fields, FieldName.Number, heads.Where(leaf => !leaf.IsIn(TradeNames.Apart)), TradeNames.Number(type), value =>
            value.Length <= 60 ? value : null);
        AddText(fields, FieldName.IssueDate, heads, TradeNames.IssueDate, Date);
        AddText(fields, FieldName.DueDate, heads, TradeNames.DueDate, Date);
        AddText(fields, FieldName.Currency, all, TradeNames.Currency, value => Currencies.IsCode(value.ToUpperInvariant())
            ? value.ToUpperInvariant()
            : null);
        AddCurrency(fields, all);
        var (seller, buyer) = PartyRoles.Of(type);
        AddParty(fields, seller, heads, TradeNames.Seller);
        AddParty(fields, buyer, heads, TradeNames.Buyer);
        if (!fields.Has(buyer))
        {
            AddParty(fields, buyer, [.. heads.Where(leaf => !leaf.IsIn(TradeNames.Seller))], TradeNames.Contacts);
        }

        AddReferences(fields, heads, type);
        AddSums(fields, heads);
        if (lines.Count > 0)
        {
            fields.Add(FieldName.LineCount, lines.Count, lines[0].Place, Sure);
        }

        // A delivery is told by what was ordered.
        var isTrade = fields.Has(FieldName.GrossTotal) || fields.Has(FieldName.NetTotal) || lines.Count > 0
            || (type == DocumentType.DespatchAdvice && fields.Has(FieldName.OrderReference));
        if (!fields.Has(FieldName.Number) || !isTrade)
        {
            return null;
        }

        TradeChecks.Run(fields, type, lines);
        return fields.ToExtraction(type, lines);
    }

    // An attribute of the amounts may be all that names it.
    private static void AddCurrency(FieldList fields, IReadOnlyList<NamedLeaf> leaves)
    {
        if (!fields.Has(FieldName.Currency)
            && leaves.FirstOrDefault(leaf => leaf.Name.Contains("currency", StringComparison.Ordinal)
            && Currencies.IsCode(leaf.Value)) is { } named)
        {
            fields.Add(FieldName.Currency, named.Value, named.Place, 0.75);
        }
    }

    private static void AddReferences(FieldList fields, List<NamedLeaf> heads, string type)
    {
        if (type != DocumentType.PurchaseOrder)
        {
            AddReference(fields, FieldName.OrderReference, heads, TradeNames.OrderReference, TradeNames.OrderContainers);
        }

        if (type is DocumentType.CreditNote or DocumentType.Reminder or DocumentType.RemittanceAdvice)
        {
            AddReference(fields, FieldName.BillingReference, heads, TradeNames.BillingReference, TradeNames.BillContainers);
        }
    }

    private static void AddReference(FieldList fields, string name, List<NamedLeaf> heads, string[] names, string[] containers)
    {
        AddText(fields, name, heads.Where(leaf => leaf.IsIn(containers)), TradeNames.Identifiers, value => value);
        List<NamedLeaf> stems = [.. heads.Select(leaf => leaf with { Name = Identifying().Replace(leaf.Name, "") })];
        foreach (var named in new[] { heads, stems }.Where(_ => !fields.Has(name)))
        {
            AddText(fields, name, named, names, value => value == fields.Value(FieldName.Number) || value.Length < 3 ? null : value);
        }
    }

    // "purchaseOrderRef", "orderNo" and "po_number" are the order's.
    [GeneratedRegex("(?<=.)(?:number|reference|ref|num|no|nr|id)$")]
    private static partial Regex Identifying();

    private static void AddSums(FieldList fields, List<NamedLeaf> heads)
    {
        AddAmount(fields, FieldName.NetTotal, heads, TradeNames.Net);
        AddShares(fields, FieldName.NetTotal, heads, TradeNames.IsShareOfNet);
        AddAmount(fields, FieldName.TaxTotal, heads, TradeNames.Tax);
        AddShares(fields, FieldName.TaxTotal, heads, TradeNames.IsShareOfTax);
        AddDuties(fields, heads);
        AddAmount(fields, FieldName.GrossTotal, heads, TradeNames.Gross);
        AddAmount(fields, FieldName.Payable, heads, TradeNames.Payable);
        if (!fields.Has(FieldName.Payable) && fields.Number(FieldName.GrossTotal) is { } total)
        {
            fields.Add(FieldName.Payable, total, heads[0].Place, 0.55);
        }
    }

    // The members themselves are called after their rates.
    private static void AddShares(FieldList fields, string name, List<NamedLeaf> heads, Func<string, bool> isShare)
    {
        var shares = heads.Where(leaf => isShare(leaf.Name)).ToList();
        if (!fields.Has(name) && shares.Count > 0)
        {
            fields.Add(name, shares.Sum(leaf => NamedAmount.Read(leaf.Value)), shares[0].Place, 0.8);
        }
    }

    // One amount for each rate, and no sum of them.
    private static void AddDuties(FieldList fields, List<NamedLeaf> heads)
    {
        var duties = heads.Where(leaf => leaf.Name == "amount" && leaf.IsIn(TradeNames.Taxes) && leaf.IsIn(TradeNames.Lines)).ToList();
        if (!fields.Has(FieldName.TaxTotal) && duties.Count > 0)
        {
            fields.Add(FieldName.TaxTotal, duties.Sum(leaf => NamedAmount.Read(leaf.Value)), duties[0].Place, 0.7);
        }
    }

    private static void AddText(FieldList fields, string name, IEnumerable<NamedLeaf> leaves, string[] names, Func<string, string?> read)
    {
        var best = leaves
            .Select(leaf => (Leaf: leaf, Rank: Rank(names, leaf), Value: read(leaf.Value)))
            .Where(found => found.Rank >= 0 && !string.IsNullOrEmpty(found.Value))
            .OrderBy(found => found.Rank).ThenBy(found => found.Leaf.Depth)
            .FirstOrDefault();
        if (best.Leaf is not null)
        {
            fields.Add(name, best.Value, best.Leaf.Place, Sure);
        }
    }

    // "invoiceDueDate" and "dueDate" are one name; the whole name tells more than what is left of it.
    private static int Rank(string[] names, NamedLeaf leaf)
    {
        // "total: { money: 10 }": the value has no name of its own.
        var name = leaf.Name is "money" or "value" or "amount" && leaf.Depth > 0 && !names.Contains(leaf.Name)
            ? Role(leaf.Containers[^1])
            : leaf.Name;
        var rank = Array.IndexOf(names, name);
        var lead = rank < 0
            ? TradeNames.Leads.FirstOrDefault(lead => name.Length > lead.Length + 2 && name.StartsWith(lead, StringComparison.Ordinal))
            : null;
        rank = lead is null ? rank : Array.IndexOf(names, name[lead.Length..]);
        return lead is null || rank < 0 ? rank : names.Length + rank;
    }

    private static void AddAmount(FieldList fields, string name, List<NamedLeaf> leaves, string[] names) =>
        AddText(fields, name, leaves, names, value => NamedAmount.Read(value) is { } amount ? Amount.Text(amount) : null);

    private static void AddParty(FieldList fields, string name, List<NamedLeaf> leaves, string[] roles)
    {
        var inside = leaves.Where(leaf => leaf.Containers.Any(container => roles.Contains(container) || roles.Contains(Role(container))))
            .ToList();
        AddText(fields, name, inside, TradeNames.Name, value => value);
        if (!fields.Has(name))
        {
            AddText(fields, name, leaves, [.. roles, .. roles.SelectMany(role => TradeNames.Name.Select(name => role + name))], value =>
                value.Any(char.IsLetter) ? value : null);
        }
    }

    // "invoiceRecipient", "sellerPartyDetails", "buyerInfo" and "currencyRef" are the recipient, the seller, the buyer and the currency.
    private static string Role(string container)
    {
        var lead = TradeNames.Leads.FirstOrDefault(lead => container.Length > lead.Length + 2
            && container.StartsWith(lead, StringComparison.Ordinal)) ?? "";
        return Vague().Replace(container[lead.Length..], "");
    }

    [GeneratedRegex("(?:party)?(?:details?|dtls|info|data|entity|ref)?$")]
    private static partial Regex Vague();

    private static string? Date(string value) =>
        PrintedDates.Find(value) is [{ Start: 0 } date, ..] ? date.Iso : value.Length == 8 && value.All(char.IsAsciiDigit)
            ? IsoDate.FromDigits(value)
            : null;
}
