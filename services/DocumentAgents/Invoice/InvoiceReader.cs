using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;
using DocumentAgents.Trade;
using DocumentAgents.Trade.Print;

namespace DocumentAgents.Invoice;

/// <summary>The invoice specialist: invoices and credit notes, structured or printed.</summary>
internal static class InvoiceReader
{
    public static Extraction Read(DocumentContent content, string type, CancellationToken cancellationToken) =>
        TradeStructure.Read(content, type, cancellationToken) ?? PrintedTrade.Read(DocumentText.Lines(content), type);
}
