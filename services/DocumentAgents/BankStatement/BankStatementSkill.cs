using DocumentAgents.Facts;
using DocumentAgents.Processing;
using DocumentAgents.Reading;

namespace DocumentAgents.BankStatement;

/// <summary>Bank statements.</summary>
internal sealed class BankStatementSkill : ExtractSkill
{
    protected override Extraction Extract(DocumentContent content, string type, CancellationToken cancellationToken) =>
        BankStatementReader.Read(content);
}
