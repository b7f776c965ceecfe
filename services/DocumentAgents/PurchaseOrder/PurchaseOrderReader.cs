using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;
using DocumentAgents.Trade;
using DocumentAgents.Trade.Print;

namespace DocumentAgents.PurchaseOrder;

/// <summary>
/// The specialist for what goes before and after an invoice: quotations, orders and their answers, deliveries, reminders, payments.
/// </summary>
internal static class PurchaseOrderReader
{
    public static Extraction Read(DocumentContent content, string type, CancellationToken cancellationToken) =>
        TradeStructure.Read(content, type, cancellationToken) ?? PrintedTrade.Read(DocumentText.Lines(content), type);
}
