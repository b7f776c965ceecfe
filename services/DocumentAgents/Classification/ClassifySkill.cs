using DocumentAgents.Processing;
using Orchestration.AgentHost;

namespace DocumentAgents.Classification;

/// <summary>Tells what a document is, how sure that is, and why.</summary>
internal sealed class ClassifySkill : Skill<DocumentInput, TypeDecision>
{
    public override string Name => "classify";

    public override string Description =>
        "Returns the type of a document with confidence and evidence; what no rule knows is 'other' or 'unknown'.";

    public override async Task<TypeDecision> ExecuteAsync(DocumentInput input, SkillContext context, CancellationToken cancellationToken)
    {
        var content = await DocumentLoading.LoadAsync(input.Name, input.Content, context, cancellationToken);
        return DocumentLoading.Guard(() => DocumentClassifier.Classify(content, cancellationToken));
    }
}
