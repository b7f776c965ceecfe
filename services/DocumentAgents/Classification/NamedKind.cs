using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;
using DocumentAgents.Trade;

namespace DocumentAgents.Classification;

/// <summary>
/// What a business document in a vocabulary nobody told us calls itself: in the value of a member for its type, in the name of its schema,
/// or in the name of the element that holds nearly all of it.
/// </summary>
internal static partial class NamedKind
{
    private const int Depth = 3;

    private static readonly string[] TypeMembers =
    [
        "schema", "type", "documenttype", "doctype", "kind", "tipodocumento", "invoicetype", "invoicetypecode", "typecode", "objecttype",
        "object", "mestyp", "typ",
    ];

    // The more special first: a credit note is sent as an invoice of another type, a confirmation as an answer to an order.
    private static readonly (string Type, string[] Words)[] Kinds =
    [
        (DocumentType.CreditNote, ["credit note", "credit memo", "creditnote", "gutschrift", "avoir", "td04", "kor"]),
        (DocumentType.OrderResponse,
            ["order confirmation", "order response", "ordrsp", "acknowledge purchase order", "confirmation request",
                "order acknowledgement"]),
        (DocumentType.ReceiptAdvice, ["goods receipt", "receipt advice", "receipt request"]),
        (DocumentType.DespatchAdvice,
            ["delivery", "despatch advice", "dispatch advice", "ship notice", "shipment notice", "shipping notice", "shipment", "asn",
              "delivery note", "packing list", "desadv"]),
        (DocumentType.RemittanceAdvice, ["remittance", "remittance advice", "payment remittance"]),
        (DocumentType.Quotation, ["quote", "quotation", "quote message", "offer"]),
        (DocumentType.PurchaseOrder, ["purchase order", "order", "order request", "purchase", "orders"]),
        (DocumentType.Invoice,
            ["invoice", "invoice detail", "invoic", "inv", "comprobante", "inf nfe", "nfe", "faktura", "rechnung", "facture", "factura",
              "fattura", "factuur"]),
    ];

    /// <summary>The kind and where it is named; null when nothing names one, or when little else of such a document is there.</summary>
    public static (string Type, Place Place)? Find(DocumentContent content)
    {
        var leaves = NamedLeaf.Of(content);
        var names = leaves.Where(leaf => leaf.Depth <= Depth + 1 && TypeMembers.Contains(leaf.Name.TrimStart('$')))
            .Select(leaf => (Name: Spaced(leaf.Value[(leaf.Value.LastIndexOf('/') + 1)..]), leaf.Place))
            .Concat(Frames(leaves))
            .Concat(Members(leaves))
            .ToList();
        foreach (var (type, words) in Kinds)
        {
            foreach (var (name, place) in names.Where(named => words.Any(word => IsCalled(named.Name, word))))
            {
                if (NamedTrade.Read(content, type) is not null)
                {
                    return (type, place);
                }
            }
        }

        return null;
    }

    private static IEnumerable<(string Name, Place Place)> Frames(IReadOnlyList<NamedLeaf> leaves) => leaves
        .SelectMany(leaf => leaf.Paths.Take(Depth).Select(path => (Path: path, leaf.Place)))
        .GroupBy(step => step.Path)
        .Where(frame => frame.Count() * 2 > leaves.Count)
        .Select(frame => (Spaced(frame.Key[(frame.Key.LastIndexOf('/') + 1)..]), frame.First().Place));

    // "order_key" and "invoiceStatus" belong to an order and an invoice.
    private static IEnumerable<(string Name, Place Place)> Members(IReadOnlyList<NamedLeaf> leaves) => leaves
        .Where(leaf => leaf.Depth <= 1)
        .Select(leaf => (Name: Of().Match(leaf.Name).Groups[1].Value, leaf.Place))
        .Where(member => member.Name.Length > 0);

    [GeneratedRegex("^(order|invoice|quote|quotation)(?:key|status|state|total|type)$")]
    private static partial Regex Of();

    private static string Spaced(string name) => Words.Fold(KeyedLines.Step(name));

    private static bool IsCalled(string name, string word) => name == word || name.EndsWith(" " + word, StringComparison.Ordinal)
        || name.StartsWith(word + " ", StringComparison.Ordinal);
}
