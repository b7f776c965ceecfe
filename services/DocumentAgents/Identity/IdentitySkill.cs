using DocumentAgents.Facts;
using DocumentAgents.Processing;
using DocumentAgents.Reading;

namespace DocumentAgents.Identity;

/// <summary>Résumés and identity documents.</summary>
internal sealed class IdentitySkill : ExtractSkill
{
    protected override Extraction Extract(DocumentContent content, string type, CancellationToken cancellationToken) =>
        IdentityReader.Read(content, type);
}
