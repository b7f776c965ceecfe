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
    /// <returns>The code and the row that tells it; null when there is none.</returns>
    public static (string Code, PageRow Row)? Find(Page page, bool isPriced) =>
        At(page, Currencies.Dominant(page.Text)) ?? Labelled(page) ?? OfAccount(page)
        ?? (isPriced ? At(page, Currencies.OfCountry(page.Text)) : null);

    private static (string Code, PageRow Row)? At(Page page, CurrencyMark? mark) =>
        mark is { } found ? (found.Code, page.RowAt(found.Start)) : null;

    private static (string Code, PageRow Row)? Labelled(Page page) =>
        LabelSearch.Best(page, Labels, Read) is { } hit ? (hit.Value, hit.Row) : null;

    private static (string Code, PageRow Row)? OfAccount(Page page)
    {
        foreach (var row in page.Rows)
        {
            if (PrintedIban.Find(row.Text).Select(Iban.Currency).FirstOrDefault(code => code is not null) is { } currency)
            {
                return (currency, row);
            }
        }

        return null;
    }

    private static string? Read(string text)
    {
        var word = text.Trim().Split(' ', '(', ')')[0];
        return Currencies.Of(word);
    }
}
