using DocumentAgents.Reading;

namespace DocumentAgents.Classification;

/// <summary>What speaks for one type so far.</summary>
internal sealed class TypeScore(string type)
{
    private readonly List<TypeEvidence> evidence = [];

    public string Type => type;

    public double Points { get; private set; }

    /// <summary>How many different reasons there are.</summary>
    public int Count => evidence.Count;

    public IReadOnlyList<TypeEvidence> Evidence => evidence;

    /// <summary>The points of the best single reason: words that many types share give few.</summary>
    public double Strongest { get; private set; }

    public void Add(double points, string reason, Place? place)
    {
        Points += points;
        Strongest = Math.Max(Strongest, points);
        evidence.Add(new(reason, place));
    }
}
