namespace DocumentAgents.CrossValidation;

/// <summary>Holds the lines of bills against those of their order.</summary>
internal static class OrderedGoods
{
    /// <summary>
    /// Whether a bill asks for just what was ordered. When every bill does, an order is a standing one: cleaning, each month the same.
    /// </summary>
    public static bool IsRepeated(BatchDocument order, BatchDocument bill, decimal ordered, decimal billed)
    {
        if (order.Lines.Count == 0 || bill.Lines.Count == 0)
        {
            return ordered == billed;
        }

        var pairs = order.Lines.Count == bill.Lines.Count ? LineMatching.Pairs(order.Lines, bill.Lines).ToList() : [];
        return pairs.Count == order.Lines.Count && pairs.TrueForAll(pair => !LineMatching.DifferentGoods(pair.There, pair.Here)
            && Same(pair.There.Quantity, pair.Here.Quantity) && Same(pair.There.UnitPrice, pair.Here.UnitPrice)
            && Same(pair.There.Amount, pair.Here.Amount));
    }

    /// <summary>
    /// Which part of each bill, from 0 to 1, is for what the order lists, and whether the lines of all tell so; the rest is freight and
    /// other charges nobody orders. Where no line is for it, order and bills may name the goods in different words.
    /// </summary>
    public static (List<decimal> Shares, bool AreTold) Shares(BatchDocument order, List<BatchDocument> bills)
    {
        var shares = bills.ConvertAll(bill => Share(order, bill));
        return shares.Exists(share => share > 0)
            ? (shares.ConvertAll(share => share ?? 1), shares.TrueForAll(share => share is not null))
            : (bills.ConvertAll(_ => 1m), false);
    }

    private static decimal? Share(BatchDocument order, BatchDocument bill)
    {
        var lines = bill.Lines.Select(line => (Line: line, Amount: line.Amount ?? line.Quantity * line.UnitPrice)).ToList();
        if (lines.Count is 0 or > LineMatching.Many || order.Lines.Count is 0 or > LineMatching.Many
            || lines.Exists(line => line.Amount is null))
        {
            return null;
        }

        // The total may hold charges that are no lines; what is taken off a line is taken off the goods.
        var all = Math.Max(lines.Sum(line => line.Amount!.Value), bill.Total(withTax: false) ?? 0);
        var goods = lines.Where(line => line.Amount < 0 || order.Lines.Any(ordered => LineMatching.SameGoods(ordered, line.Line)))
            .Sum(line => line.Amount!.Value);
        return all <= 0 ? null : Math.Clamp(goods / all, 0, 1);
    }

    private static bool Same(decimal? there, decimal? here) => there is null || here is null || there == here;
}
