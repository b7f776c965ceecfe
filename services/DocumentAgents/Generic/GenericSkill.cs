using DocumentAgents.Facts;
using DocumentAgents.Processing;
using DocumentAgents.Reading;

namespace DocumentAgents.Generic;

/// <summary>Everything no other specialist knows: its key facts.</summary>
internal sealed class GenericSkill : ExtractSkill
{
    protected override Extraction Extract(DocumentContent content, string type, CancellationToken cancellationToken) =>
        GenericReader.Read(content, type);
}
