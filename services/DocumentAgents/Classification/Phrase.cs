namespace DocumentAgents.Classification;

/// <summary>Words that speak for a type.</summary>
/// <param name="Weight">What one of them adds to the score of the type, however often it occurs.</param>
/// <param name="Title">They count only where they stand alone in a short line near the top, as a heading does.</param>
internal sealed record PhraseGroup(string Type, double Weight, bool Title, params string[] Phrases);
