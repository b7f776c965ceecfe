using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.BankStatement;

/// <summary>The bank statement specialist: accounts, balances and numbers of transactions from every format banks use.</summary>
internal static class BankStatementReader
{
    public static Extraction Read(DocumentContent content) => content.Format switch
    {
        DocumentFormat.Xml when content.Xml?.Root is { } root => CamtStatements.Read(root),
        DocumentFormat.Ofx when content.Xml?.Root is { } root => OfxStatements.Read(root),
        DocumentFormat.Mt940 => Mt940Statements.Read(content.Segments),
        DocumentFormat.Qif => QifStatements.Read(content.Segments),
        _ when TransactionTable.Find(content.Tables) is { } table => TableStatement.Read(table),
        _ => PrintedStatement.Read(DocumentText.Lines(content)),
    };
}
