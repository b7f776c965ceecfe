using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;
using DocumentAgents.Trade;

namespace DocumentAgents.BankStatement;

/// <summary>The bank statement specialist: accounts, balances and numbers of transactions from every format banks use.</summary>
internal static class BankStatementReader
{
    private static readonly string[] Lists =
        ["transactions", "transaction", "entries", "entry", "movements", "movement", "operations", "bookings"];

    public static Extraction Read(DocumentContent content) => content.Format switch
    {
        DocumentFormat.Xml when content.Xml?.Root is { } root => CamtStatements.Read(root),
        DocumentFormat.Ofx when content.Xml?.Root is { } root => OfxStatements.Read(root),
        DocumentFormat.Mt940 => Mt940Statements.Read(content.Segments),
        DocumentFormat.Qif => QifStatements.Read(content.Segments),
        _ when TransactionTable.Find(content.Tables) is { } table => TableStatement.Read(table),
        _ => PrintedStatement.Read(DocumentText.Lines(content), Listed(content)),
    };

    // The items of a list of transactions, whatever they hold.
    private static int Listed(DocumentContent content) => content.Format is DocumentFormat.Json or DocumentFormat.Xml
        ? NamedLeaf.Of(content)
            .Select(leaf => leaf.Containers.ToList().FindIndex(Lists.Contains) is var list and >= 0 ? leaf.Paths[list] : null)
            .Where(path => path?.EndsWith(']') == true).Distinct().Count()
        : 0;
}
