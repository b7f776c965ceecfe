using System.Collections.Immutable;
using System.Globalization;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Trade;

/// <summary>Reads orders, invoices, credit notes and delivery notes of TRADACOMS, the older standard of British retail.</summary>
internal static class TradacomsReader
{
    private const double Sure = 0.95;

    private static readonly string[] Lines = ["OLD", "ILD", "CLD", "DNB", "DLD"];

    /// <summary>Whether the interchange is one.</summary>
    public static bool IsTradacoms(ImmutableArray<Segment> segments) => segments is [{ Tag: "STX" }, ..];

    public static string? TypeOf(ImmutableArray<Segment> segments) =>
        segments.FirstOrDefault(segment => segment.Tag == "MHD")?.Value(1) switch
        {
            "ORDHDR" => DocumentType.PurchaseOrder,
            "INVFIL" or "UTLHDR" => DocumentType.Invoice,
            "CREHDR" => DocumentType.CreditNote,
            "DELHDR" => DocumentType.DespatchAdvice,
            "ACKHDR" => DocumentType.OrderResponse,
            _ => null,
        };

    public static Extraction Read(ImmutableArray<Segment> segments, string type)
    {
        var fields = new FieldList();
        AddNumber(fields, segments, type);
        AddParties(fields, segments, type);
        if (segments.FirstOrDefault(segment => segment.Tag == "ODD") is { } order)
        {
            fields.Add(FieldName.OrderReference, order.Value(1), order.Place, Sure);
        }

        var lines = segments.Where(segment => Lines.Contains(segment.Tag)).Select((segment, index) => Line(segment, index + 1)).ToList();
        if (lines.Count > 0)
        {
            fields.Add(FieldName.LineCount, lines.Count, lines[0].Place, Sure);
        }

        return fields.ToExtraction(type, lines);
    }

    // Number and date of an order are components of one element, of a bill two elements.
    private static void AddNumber(FieldList fields, ImmutableArray<Segment> segments, string type)
    {
        var tag = type switch
            { DocumentType.Invoice => "IRF", DocumentType.CreditNote => "CRF", DocumentType.DespatchAdvice => "DEL", _ => "ORD" };
        if (segments.FirstOrDefault(segment => segment.Tag == tag) is { } head)
        {
            fields.Add(FieldName.Number, head.Value(0), head.Place, Sure);
            fields.Add(FieldName.IssueDate, Date(tag == "ORD" ? head.Value(0, 2) : head.Value(1)), head.Place, Sure);
        }
    }

    // An order goes from the buyer to the seller, everything else the other way; their own segments may leave out the names.
    private static void AddParties(FieldList fields, ImmutableArray<Segment> segments, string type)
    {
        var (seller, buyer) = PartyRoles.Of(type);
        var (supplier, customer) = type == DocumentType.PurchaseOrder ? (2, 1) : (1, 2);
        AddParty(fields, segments, seller, "SDT", supplier);
        AddParty(fields, segments, buyer, "CDT", customer);
    }

    private static void AddParty(FieldList fields, ImmutableArray<Segment> segments, string name, string tag, int envelope)
    {
        var own = segments.FirstOrDefault(segment => segment.Tag == tag);
        var named = own?.Value(1) is { Length: > 0 } ? own : segments[0];
        fields.Add(name, named == own ? own.Value(1) : named.Value(envelope, 1), named.Place, Sure);
    }

    private static string? Date(string text) => text.Length == 6 ? IsoDate.FromSixDigits(text) : null;

    // The last text of a line is what the goods are called.
    private static LineItem Line(Segment segment, int position)
    {
        var text = Enumerable.Range(0, segment.Elements.Length).Select(element => segment.Value(element))
            .LastOrDefault(value => value.Count(char.IsLetter) > 2);
        return new(position.ToString(CultureInfo.InvariantCulture), null, null, null, segment.Place) { Items = text is null ? [] : [text] };
    }
}
