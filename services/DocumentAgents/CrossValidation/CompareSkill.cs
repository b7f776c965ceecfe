using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Processing;
using Orchestration.AgentHost;

namespace DocumentAgents.CrossValidation;

/// <summary>Links the documents of a batch and says where linked ones disagree.</summary>
internal sealed class CompareSkill : Skill<CompareInput, CompareOutput>
{
    public override string Name => "compare";

    public override string Description =>
        "Finds which documents of a batch belong together (order, delivery, invoice, …) and where they disagree.";

    public override Task<CompareOutput> ExecuteAsync(CompareInput input, SkillContext context, CancellationToken cancellationToken)
    {
        var batch = input.Documents.Select(entry => entry.Document).OfType<ExtractedDocument>()
            .Select(document => new BatchDocument(document.Name, new Extraction(document.Type, document.Fields) { Lines = document.Lines }))
            .ToList();
        var result = CrossValidator.Validate(batch, masterData: null, cancellationToken);
        return Task.FromResult(new CompareOutput(result.Relations, result.OverbilledOrders));
    }
}

internal sealed record CompareInput(ImmutableArray<BatchEntry> Documents);

internal sealed record CompareOutput(ImmutableArray<DocumentRelation> Relations, ImmutableArray<OverbilledOrder> OverbilledOrders);
