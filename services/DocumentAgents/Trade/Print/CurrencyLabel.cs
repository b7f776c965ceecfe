using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>A currency that is named once for the whole document.</summary>
internal static class CurrencyLabel
{
    private static readonly string[] Labels = ["currency code", "currency", "wahrung", "devise", "valuta", "moneda", "divisa", "moeda", "mata wang", "waluta", "mena", "penznem", "valuuta", "monnaie"];

    public static string? Find(Page page) => LabelSearch.Best(page, Labels, Read)?.Value;

    private static string? Read(string text)
    {
        var word = text.Trim().Split(' ', '(', ')')[0];
        return Currencies.Of(word);
    }
}
