using System.Collections.Immutable;
using DocumentAgents.CrossValidation;
using DocumentAgents.Processing;
using Orchestration.AgentHost;

namespace DocumentAgents.QualityReview;

/// <summary>Scores every document of a batch and says which ones a person should look at, and why.</summary>
internal sealed class ReviewSkill : Skill<ReviewInput, ReviewOutput>
{
    public override string Name => "review";

    public override string Description => "Scores the documents of a batch from 0 to 100 and names those a person should look at.";

    public override Task<ReviewOutput> ExecuteAsync(ReviewInput input, SkillContext context, CancellationToken cancellationToken)
    {
        var differing = input.Relations.Where(relation => !relation.Differences.IsEmpty).ToLookup(relation => relation.File);
        var exceeded = (input.OverbilledOrders ?? []).ToLookup(order => order.File);
        var items = input.Documents.Zip(input.Batch)
            .Select(pair => pair.First is { Document: { } document }
                ? QualityScore.Of(document, [.. differing[document.Name]], exceeded[document.Name].FirstOrDefault())
                : new ReviewItem(pair.Second, 0, ForReview: true, [$"not processed: {pair.First.Error?.Code}"]))
            .ToImmutableArray();
        var average = items.IsEmpty ? 0 : Math.Round(items.Average(item => item.Score), 1);
        return Task.FromResult(new ReviewOutput(items, average));
    }
}

/// <param name="Batch">Names of the documents, in order.</param>
/// <param name="Documents">What became of them, in the same order.</param>
/// <param name="Relations">What cross-validation found between two documents each.</param>
/// <param name="OverbilledOrders">What it found about several bills together.</param>
internal sealed record ReviewInput(
    ImmutableArray<string> Batch, ImmutableArray<BatchEntry> Documents, ImmutableArray<DocumentRelation> Relations,
    ImmutableArray<OverbilledOrder>? OverbilledOrders = null);

/// <param name="AverageScore">0 to 100.</param>
internal sealed record ReviewOutput(ImmutableArray<ReviewItem> Items, double AverageScore);

/// <summary>The judgement about one document.</summary>
/// <param name="Score">0 to 100.</param>
/// <param name="ForReview">True when a person should look at it.</param>
/// <param name="Reasons">Why; empty when all is well.</param>
internal sealed record ReviewItem(string Name, double Score, bool ForReview, ImmutableArray<string> Reasons);
