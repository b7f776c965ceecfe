using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Trade.Print;

namespace DocumentAgents.Classification;

/// <summary>
/// What business documents have in common in every language: a list of goods whose quantities and prices give the amounts, and sums that
/// add up. That speaks for whichever kind of them the words name most.
/// </summary>
internal static partial class TradeShape
{
    private const double Named = 3.5;

    private static readonly string[] Kinds =
    [
        DocumentType.Invoice, DocumentType.CreditNote, DocumentType.PurchaseOrder, DocumentType.OrderResponse, DocumentType.Quotation, DocumentType.DespatchAdvice,
    ];

    // They name the invoice they answer, with its number, its date and its total.
    private static readonly string[] Answers = [DocumentType.CreditNote, DocumentType.Reminder, DocumentType.RemittanceAdvice];

    public static void Score(Dictionary<string, TypeScore> scores, Page page)
    {
        PreferAnswers(scores);
        GiveSharedWords(scores);
        var best = Best(scores);
        if (best is null)
        {
            return;
        }

        AddGoods(best, page);
    }

    private static void PreferAnswers(Dictionary<string, TypeScore> scores)
    {
        foreach (var answer in Answers.Where(
            kind => scores.ContainsKey(DocumentType.Invoice) && scores.TryGetValue(kind, out var score) && score.Points >= 7))
        {
            scores[answer].Add(3, "the invoice it speaks of is another document", null);
        }
    }

    // Totals, rates of tax and due dates stand in all of them: alone they speak for whichever names itself.
    private static void GiveSharedWords(Dictionary<string, TypeScore> scores)
    {
        if (scores.TryGetValue(DocumentType.Invoice, out var invoice) && invoice.Strongest < Named
            && Kinds.Concat(Answers).Where(kind => kind != DocumentType.Invoice && scores.ContainsKey(kind)).Select(kind => scores[kind])
                .Where(score => score.Strongest >= Named).MaxBy(score => score.Points) is { } other)
        {
            other.Add(Math.Min(6, invoice.Points), "words that business documents share", null);
            scores.Remove(DocumentType.Invoice);
        }
    }

    private static TypeScore? Best(Dictionary<string, TypeScore> scores)
    {
        var best = Kinds.Where(scores.ContainsKey).Select(kind => scores[kind]).MaxBy(score => score.Points);
        return best is null || best.Points < 2 || scores.Values.Any(other => !Kinds.Contains(other.Type) && other.Points > best.Points + 3)
            ? null
            : best;
    }

    private static void AddGoods(TypeScore best, Page page)
    {
        var items = PrintedLines.Read(page);
        if (items.Count > 0)
        {
            best.Add(items.Any(item => item.Quantity * item.UnitPrice is { } amount && Math.Abs(amount - (item.Amount ?? -1)) < 0.02m)
                ? 4
                : 2, $"{items.Count} lines of goods", items[0].Place);
        }

        if (best.Type != DocumentType.DespatchAdvice && page.Rows.FirstOrDefault(row => TaxRate().IsMatch(row.Folded)) is { } tax)
        {
            best.Add(2, "a rate of tax", tax.Place);
        }
    }

    [GeneratedRegex(
        @"\b(?:vat|tax|gst|hst|mwst|ust|umsatzsteuer|mehrwertsteuer|tva|btw|moms|mva|iva|alv|dph|afa|pdv|kdv|imposta|ppn|gtgt"
        + @"|ндс)\b[^\d%]{0,12}\d{1,2}(?:[.,]\d{1,2})?\s?%|\d{1,2}(?:[.,]\d{1,2})?\s?%\W{0,3}(?:\p{L}+\W+)?(?:vat|tax|gst|hst|mwst|ust"
        + @"|umsatzsteuer|mehrwertsteuer|tva|btw|moms|mva|iva|alv|dph|afa|pdv|kdv)\b")]
    private static partial Regex TaxRate();
}
