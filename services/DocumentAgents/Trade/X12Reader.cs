using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Trade;

/// <summary>Reads the trade transaction sets of ANSI X12: 810, 850, 855, 856, 861, 843 and 820.</summary>
internal static class X12Reader
{
    private const double Sure = 0.95;

    public static string? TypeOf(ImmutableArray<Segment> segments) =>
        segments.FirstOrDefault(segment => segment.Tag == "ST")?.Value(0) switch
    {
        "810" => segments.FirstOrDefault(segment => segment.Tag == "BIG")?.Value(6) is "CR" or "CN"
            ? DocumentType.CreditNote
            : DocumentType.Invoice,
        "850" => DocumentType.PurchaseOrder,
        "855" => DocumentType.OrderResponse,
        "856" => DocumentType.DespatchAdvice,
        "861" => DocumentType.ReceiptAdvice,
        "843" => DocumentType.Quotation,
        "820" => DocumentType.RemittanceAdvice,
        "837" or "835" => DocumentType.InsuranceClaim,
        _ => null,
    };

    public static Extraction Read(ImmutableArray<Segment> segments, string type)
    {
        var fields = new FieldList();
        foreach (var segment in segments)
        {
            AddHead(fields, segment, type);
            AddParty(fields, segment, type);
        }

        AddTotals(fields, segments);
        var lines = type == DocumentType.RemittanceAdvice
            ? X12Remittance.Read(fields, segments)
            : type == DocumentType.DespatchAdvice ? Shipped(segments)
            : [.. segments.Where(segment => segment.Tag is "IT1" or "PO1").Select((segment, index) => Line(segment, index + 1))];
        if (lines.Count > 0)
        {
            fields.Add(FieldName.LineCount, lines.Count, lines[0].Place, Sure);
        }

        TradeChecks.Run(fields, type, lines);
        return fields.ToExtraction(type, lines);
    }

    private static void AddHead(FieldList fields, Segment segment, string type)
    {
        switch (segment.Tag)
        {
            case "BIG":
                AddDate(fields, FieldName.IssueDate, segment, 0);
                fields.Add(FieldName.Number, segment.Value(1), segment.Place, Sure);
                fields.Add(FieldName.OrderReference, segment.Value(3), segment.Place, Sure);
                break;
            case "BEG":
                fields.Add(FieldName.Number, segment.Value(2), segment.Place, Sure);
                AddDate(fields, FieldName.IssueDate, segment, 4);
                break;
            case "BAK":
                fields.Add(FieldName.OrderReference, segment.Value(2), segment.Place, Sure);
                AddDate(fields, FieldName.IssueDate, segment, 3);
                break;
            case "BSN":
                fields.Add(FieldName.Number, segment.Value(1), segment.Place, Sure);
                AddDate(fields, FieldName.IssueDate, segment, 2);
                break;
            case "PRF" when type == DocumentType.DespatchAdvice:
                fields.Add(FieldName.OrderReference, segment.Value(0), segment.Place, Sure);
                break;
            case "CUR":
                fields.Add(FieldName.Currency, segment.Value(1), segment.Place, Sure);
                break;
            case "ITD" when segment.Value(5).Length > 0:
                AddDate(fields, FieldName.DueDate, segment, 5);
                break;
        }
    }

    private static void AddParty(FieldList fields, Segment segment, string type)
    {
        if (segment.Tag != "N1")
        {
            return;
        }

        var (seller, buyer) = PartyRoles.Of(type);
        var name = segment.Value(0) switch
        {
            "SE" or "SU" or "VN" or "RE" or "SF" or "RI" or "PE" => seller,
            "BY" or "BT" or "PR" or "SO" => buyer,
            _ => null,
        };
        if (name is not null && !fields.Has(name))
        {
            fields.Add(name, segment.Value(1), segment.Place, Sure);
        }
    }

    private static void AddTotals(FieldList fields, ImmutableArray<Segment> segments)
    {
        // TDS has two implied decimals.
        if (segments.FirstOrDefault(segment => segment.Tag == "TDS") is { } total && Amount.Invariant(total.Value(0)) is { } cents)
        {
            fields.Add(FieldName.GrossTotal, cents / 100, total.Place, Sure);
            fields.Add(FieldName.Payable, cents / 100, total.Place, Sure);
        }

        if (segments.FirstOrDefault(segment => segment.Tag == "AMT" && segment.Value(0) is "TT" or "1") is { } amount
            && Amount.Invariant(amount.Value(1)) is { } sum)
        {
            fields.Add(FieldName.Payable, sum, amount.Place, Sure);
        }
    }

    // The article stands in the segment before the quantity.
    private static List<LineItem> Shipped(ImmutableArray<Segment> segments)
    {
        var lines = new List<LineItem>();
        Segment? article = null;
        foreach (var segment in segments)
        {
            article = segment.Tag == "LIN" ? segment : article;
            if (segment.Tag == "SN1")
            {
                var id = (lines.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
                lines.Add(new(id, Amount.Invariant(segment.Value(1)), null, null, segment.Place)
                    { Unit = segment.Value(2), Articles = article is null ? [] : Articles(article, 1) });
            }
        }

        return lines;
    }

    private static LineItem Line(Segment segment, int position)
    {
        var id = segment.Value(0).Length > 0 ? segment.Value(0) : position.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var quantity = Amount.Invariant(segment.Value(1));
        var price = Amount.Invariant(segment.Value(3));
        return new(id, quantity, price, quantity * price, segment.Place)
        {
            Unit = segment.Value(2),
            Articles = Articles(segment, 5),
        };
    }

    // Pairs of a kind and a number, from an element on.
    private static ImmutableArray<string> Articles(Segment segment, int from) =>
    [
        .. Enumerable.Range(0, 4)
            .Select(pair => (Kind: segment.Value(from + (2 * pair)), Number: segment.Value(from + 1 + (2 * pair))))
            .Where(pair => pair.Number.Length > 0)
            .Select(pair =>
                $"{pair.Kind switch { "VP" or "VN" => "seller", "BP" or "IN" => "buyer", "UP" or "EN" => "standard", var kind => kind }}:{pair.Number}"),
    ];

    private static void AddDate(FieldList fields, string name, Segment segment, int element)
    {
        var text = segment.Value(element);
        if ((text.Length == 6 ? IsoDate.FromSixDigits(text) : IsoDate.FromDigits(text)) is { } date)
        {
            fields.Add(name, date, segment.Place, Sure);
        }
        else if (text.Length > 0)
        {
            fields.Impossible($"'{text}' is no date.", segment.Place);
        }
    }
}
