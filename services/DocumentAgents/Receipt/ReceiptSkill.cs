using DocumentAgents.Facts;
using DocumentAgents.Processing;
using DocumentAgents.Reading;

namespace DocumentAgents.Receipt;

/// <summary>Till receipts.</summary>
internal sealed class ReceiptSkill : ExtractSkill
{
    protected override Extraction Extract(DocumentContent content, string type, CancellationToken cancellationToken) =>
        ReceiptReader.Read(content);
}
