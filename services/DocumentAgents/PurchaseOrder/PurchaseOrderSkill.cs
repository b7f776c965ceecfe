using DocumentAgents.Facts;
using DocumentAgents.Processing;
using DocumentAgents.Reading;

namespace DocumentAgents.PurchaseOrder;

/// <summary>Orders and the documents that answer them.</summary>
internal sealed class PurchaseOrderSkill : ExtractSkill
{
    protected override Extraction Extract(DocumentContent content, string type, CancellationToken cancellationToken) =>
        PurchaseOrderReader.Read(content, type, cancellationToken);
}
