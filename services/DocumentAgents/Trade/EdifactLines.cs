using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Trade;

/// <summary>The LIN groups of a message.</summary>
internal static class EdifactLines
{
    private static readonly string[] Quantities = ["47", "21", "12", "46", "113", "194", "48"];

    public static List<LineItem> Read(FieldList fields, ImmutableArray<Segment> details) =>
        [.. Groups(details).Select((group, index) => Read(fields, group, index + 1))];

    /// <summary>The bills that a payment is for: the groups of DOC in a remittance advice.</summary>
    public static List<LineItem> Paid(FieldList fields, ImmutableArray<Segment> details)
    {
        var lines = new List<LineItem>();
        foreach (var group in Groups(details))
        {
            var bill = group[0].Value(1);
            fields.Add(FieldName.BillingReference, bill, group[0].Place, 0.97);
            var amount = (Find(group, "MOA", "12") ?? Find(group, "MOA", "9")) is { } paid ? Value(fields, paid) : null;
            var position = (lines.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            lines.Add(new(position, null, null, amount, group[0].Place) { Items = [bill] });
        }

        return lines;
    }

    private static List<ImmutableArray<Segment>> Groups(ImmutableArray<Segment> details)
    {
        var groups = new List<ImmutableArray<Segment>>();
        for (var start = 0; start < details.Length;)
        {
            var end = start + 1;
            while (end < details.Length && details[end].Tag != details[start].Tag)
            {
                end++;
            }

            groups.Add(details[start..end]);
            start = end;
        }

        return groups;
    }

    /// <summary>A decimal comma is as good as a point.</summary>
    public static decimal? Number(string text) => Amount.Invariant(text.Replace(',', '.'));

    private static LineItem Read(FieldList fields, ImmutableArray<Segment> group, int position)
    {
        var line = group[0];
        var price = Find(group, "PRI", "AAA") ?? Find(group, "PRI", "AAB");
        var basis = price is null ? null : Number(price.Value(0, 4));
        var unit = price is null ? null : Value(fields, price);
        return new(
            line.Value(0).Length > 0 ? line.Value(0) : position.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Quantities.Select(code => Find(group, "QTY", code)).FirstOrDefault(found => found is not null) is { } quantity
                ? Value(fields, quantity)
                : null,
            basis is null or 0 ? unit : unit / basis,
            Find(group, "MOA", "203") is { } amount ? Value(fields, amount) : null,
            line.Place)
        {
            Items = [.. group.Where(segment => segment.Tag == "IMD").Select(Description).Where(text => text.Length > 0).Distinct()],
            Articles = [.. Articles(group)],
            OrderLine = Find(group, "RFF", "ON") is { } order && order.Value(0, 2).Length > 0 ? order.Value(0, 2) : null,
        };
    }

    private static Segment? Find(ImmutableArray<Segment> group, string tag, string qualifier) =>
        group.FirstOrDefault(segment => segment.Tag == tag && segment.Value(0) == qualifier);

    private static decimal? Value(FieldList fields, Segment segment)
    {
        var text = segment.Value(0, 1);
        var number = Number(text);
        if (number is null && text.Length > 0)
        {
            fields.Impossible($"'{text}' is no number.", segment.Place);
        }

        return number;
    }

    private static string Description(Segment segment) => Words.Collapse($"{segment.Value(2, 3)} {segment.Value(2, 4)}");

    private static IEnumerable<string> Articles(ImmutableArray<Segment> group)
    {
        if (group[0].Value(2).Length > 0)
        {
            yield return "standard:" + group[0].Value(2);
        }

        foreach (var segment in group.Where(segment => segment.Tag == "PIA" && segment.Value(1).Length > 0))
        {
            var kind = segment.Value(1, 1) switch { "SA" => "seller", "IN" or "BP" => "buyer", var other => other };
            yield return $"{kind}:{segment.Value(1)}";
        }
    }
}
