using System.Globalization;
using DocumentAgents.Facts;

namespace DocumentAgents.Trade;

/// <summary>The lines of a business document with members of unknown names: the items of a list that have a quantity or a price.</summary>
internal static class NamedLines
{
    public static List<LineItem> Read(IReadOnlyList<NamedLeaf> leaves)
    {
        var lines = new List<LineItem>();
        foreach (var item in leaves.Where(leaf => leaf.IsInLine).GroupBy(PathOfItem))
        {
            var members = item.ToList();
            var quantity = Number(members, TradeNames.Quantity);
            var price = Number(members, TradeNames.UnitPrice);
            var amount = Number(members, TradeNames.LineAmount);
            if (quantity is null && price is null && amount is null)
            {
                continue;
            }

            lines.Add(new((lines.Count + 1).ToString(CultureInfo.InvariantCulture), quantity, price, amount
                ?? (quantity * price), members[0].Place)
            {
                Items = [.. members.Where(leaf => TradeNames.Item.Contains(leaf.Name)).Select(leaf => leaf.Value).Take(2)],
                Articles = [.. members.Where(leaf => TradeNames.Article.Contains(leaf.Name)).Select(leaf => "seller:" + leaf.Value)
                    .Take(2)],
            });
        }

        return lines;
    }

    // The outermost item of a list; an item that is not one of several is the innermost element with such a name.
    private static string PathOfItem(NamedLeaf leaf)
    {
        var counted = Enumerable.Range(0, leaf.Depth)
            .Where(index => TradeNames.IsLines(leaf.Containers[index]) && leaf.Paths[index].EndsWith(']')).ToList();
        if (counted.Count > 0)
        {
            return leaf.Paths[counted[0]];
        }

        for (var index = leaf.Depth - 1; index >= 0; index--)
        {
            if (TradeNames.IsLines(leaf.Containers[index]))
            {
                // "lines: { data: [...] }"
                return index + 1 < leaf.Depth && leaf.Paths[index + 1].EndsWith(']') ? leaf.Paths[index + 1] : leaf.Paths[index];
            }
        }

        return "";
    }

    private static decimal? Number(List<NamedLeaf> members, string[] names) =>
        members.Where(leaf => names.Contains(leaf.Name)).Select(leaf => NamedAmount.Read(leaf.Value))
            .FirstOrDefault(value => value is not null);
}
