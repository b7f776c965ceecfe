using DocumentAgents.Facts;
using DocumentAgents.Processing;
using DocumentAgents.Reading;

namespace DocumentAgents.Invoice;

/// <summary>Invoices and credit notes.</summary>
internal sealed class InvoiceSkill : ExtractSkill
{
    protected override Extraction Extract(DocumentContent content, string type, CancellationToken cancellationToken) =>
        InvoiceReader.Read(content, type, cancellationToken);
}
