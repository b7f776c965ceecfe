using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>The currency of a document: beside its amounts, named once for all of them, or the one of the account to pay to.</summary>
internal static class CurrencyLabel
{
    private static readonly string[] Labels =
    [
        "currency code", "currency", "wahrung", "devise", "valuta", "moneda", "divisa", "moeda", "mata wang", "waluta", "mena",
        "penznem", "valuuta", "monnaie",
    ];

    /// <param name="isPriced">Whether such documents have amounts, so that there is a currency though none is named.</param>
    public static string? Find(Page page, bool isPriced) =>
        Currencies.Dominant(page.Text) ?? LabelSearch.Best(page, Labels, Read)?.Value
        ?? page.Rows.SelectMany(row => PrintedIban.Find(row.Text)).Select(Iban.Currency).FirstOrDefault(currency => currency is not null)
        ?? (isPriced ? Currencies.OfCountry(page.Text) : null);

    private static string? Read(string text)
    {
        var word = text.Trim().Split(' ', '(', ')')[0];
        return Currencies.Of(word);
    }
}
