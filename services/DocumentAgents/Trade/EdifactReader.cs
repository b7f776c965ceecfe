using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Trade;

/// <summary>Reads the trade messages of UN/EDIFACT: INVOIC, ORDERS, ORDRSP, DESADV, RECADV, QUOTES, REMADV.</summary>
internal static class EdifactReader
{
    private const double Sure = 0.98;

    /// <summary>What a message is by the code in BGM, else by the name in UNH.</summary>
    public static string? TypeOf(ImmutableArray<Segment> segments)
    {
        if (TradacomsReader.IsTradacoms(segments))
        {
            return TradacomsReader.TypeOf(segments);
        }

        var message = segments.FirstOrDefault(segment => segment.Tag == "UNH")?.Value(1);
        var code = segments.FirstOrDefault(segment => segment.Tag == "BGM")?.Value(0);
        return message switch
        {
            "INVOIC" => TypeCodes.TypeOf(code) ?? DocumentType.Invoice,
            "ORDERS" => DocumentType.PurchaseOrder,
            "ORDRSP" => DocumentType.OrderResponse,
            "DESADV" => DocumentType.DespatchAdvice,
            "RECADV" => DocumentType.ReceiptAdvice,
            "QUOTES" => DocumentType.Quotation,
            "REMADV" => DocumentType.RemittanceAdvice,
            "FINSTA" => DocumentType.BankStatement,
            "PAYORD" or "PAYMUL" or "DIRDEB" => DocumentType.PaymentFile,
            _ => null,
        };
    }

    public static Extraction Read(ImmutableArray<Segment> segments, string type)
    {
        var fields = new FieldList();
        var group = type == DocumentType.RemittanceAdvice ? "DOC" : "LIN";
        var first = IndexOf(segments, group);
        var summary = IndexOf(segments, "UNS");
        var header = segments[..(first < 0 ? summary < 0 ? segments.Length : summary : first)];
        var details = first < 0 ? [] : segments[first..(summary < first ? segments.Length : summary)];
        AddHeader(fields, header, type);
        EdifactParties.Add(fields, header, type);
        EdifactTotals.Add(fields, summary < 0 ? header : segments[summary..], type);
        var lines = group == "DOC" ? EdifactLines.Paid(fields, details) : EdifactLines.Read(fields, details);
        if (lines.Count > 0)
        {
            fields.Add(FieldName.LineCount, lines.Count, lines[0].Place, Sure);
        }

        TradeChecks.Run(fields, type, lines);
        return fields.ToExtraction(type, lines);
    }

    private static int IndexOf(ImmutableArray<Segment> segments, string tag)
    {
        for (var index = 0; index < segments.Length; index++)
        {
            if (segments[index].Tag == tag)
            {
                return index;
            }
        }

        return -1;
    }

    private static void AddHeader(FieldList fields, ImmutableArray<Segment> header, string type)
    {
        foreach (var segment in header)
        {
            switch (segment.Tag, segment.Value(0))
            {
                case ("BGM", _):
                    fields.Add(FieldName.Number, segment.Value(1), segment.Place, Sure);
                    fields.Add(FieldName.InvoiceKind, TypeCodes.InvoiceKindOf(segment.Value(0)), segment.Place, Sure);
                    break;
                case ("DTM", "137" or "3") when !fields.Has(FieldName.IssueDate):
                    AddDate(fields, FieldName.IssueDate, segment);
                    break;
                case ("DTM", "13" or "140") when !fields.Has(FieldName.DueDate):
                    AddDate(fields, FieldName.DueDate, segment);
                    break;
                case ("CUX", _) when !fields.Has(FieldName.Currency):
                    fields.Add(FieldName.Currency, segment.Value(0, 1), segment.Place, Sure);
                    break;
                case ("RFF", "ON") when type != DocumentType.PurchaseOrder:
                    fields.Add(FieldName.OrderReference, segment.Value(0, 1), segment.Place, Sure);
                    break;
                case ("RFF", "IV" or "OI"):
                    fields.Add(FieldName.BillingReference, segment.Value(0, 1), segment.Place, Sure);
                    break;
                case ("RFF", "AAK" or "DQ"):
                    fields.Add(FieldName.DespatchReference, segment.Value(0, 1), segment.Place, Sure);
                    break;
            }
        }
    }

    private static void AddDate(FieldList fields, string name, Segment segment)
    {
        var text = segment.Value(0, 1);
        if (IsoDate.FromDigits(text) is { } date)
        {
            fields.Add(name, date, segment.Place, Sure);
        }
        else if (text.Length > 0)
        {
            fields.Impossible($"'{text}' is no date.", segment.Place);
        }
    }
}
