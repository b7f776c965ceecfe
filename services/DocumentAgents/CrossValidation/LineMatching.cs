using DocumentAgents.Facts;

namespace DocumentAgents.CrossValidation;

/// <summary>Finds for each line of one document the line of the other that speaks of the same goods.</summary>
internal static class LineMatching
{
    // Beyond this many lines only their numbers are compared: the best match looks at every pair.
    public const int Many = 400;

    public static IEnumerable<(LineItem There, LineItem Here)> Pairs(IReadOnlyList<LineItem> there, IReadOnlyList<LineItem> here)
    {
        if (there.Count > Many || here.Count > Many)
        {
            var byId = there.GroupBy(line => line.Id).ToDictionary(group => group.Key, group => group.First());
            return here.Where(line => byId.ContainsKey(line.Id)).Select(line => (byId[line.Id], line));
        }

        return Best(there, here);
    }

    private static IEnumerable<(LineItem There, LineItem Here)> Best(IReadOnlyList<LineItem> there, IReadOnlyList<LineItem> here)
    {
        var scored = here
            .SelectMany((line, position) => there.Select(
                (other, otherPosition) => (There: other, Here: line, Score: Score(other, line) + (position == otherPosition ? 1 : 0))))
            .Where(pair => pair.Score > 0)
            .OrderByDescending(pair => pair.Score);
        var used = new HashSet<LineItem>(ReferenceEqualityComparer.Instance);
        foreach (var (other, line, _) in scored)
        {
            if (!used.Contains(other) && !used.Contains(line))
            {
                used.Add(other);
                used.Add(line);
                yield return (other, line);
            }
        }
    }

    private static int Score(LineItem there, LineItem here)
    {
        var score = here.OrderLine == there.Id ? 8 : 0;
        score += SameArticle(there, here) ? 4 : 0;
        score += SameName(there, here) ? 3 : 0;
        return score + (here.Id == there.Id ? 2 : 0);
    }

    public static bool SameArticle(LineItem there, LineItem here) => there.Articles.Intersect(here.Articles).Any();

    public static bool SameName(LineItem there, LineItem here) =>
        there.Items.Select(Words.Key).Intersect(here.Items.Select(Words.Key)).Any();

    /// <summary>Whether the lines name the same goods, or one refers to the other.</summary>
    public static bool SameGoods(LineItem there, LineItem here) =>
        here.OrderLine == there.Id || SameArticle(there, here) || SameName(there, here) || OneNameHoldsOther(there, here);

    /// <summary>Whether the lines name different goods: every name and every number they have in common differs.</summary>
    public static bool DifferentGoods(LineItem there, LineItem here) =>
        there.Items.Length > 0 && here.Items.Length > 0 && !SameName(there, here) && !SameArticle(there, here)
            && !OneNameHoldsOther(there, here) && Comparable(there, here);

    private static bool Comparable(LineItem there, LineItem here) =>
        there.Articles.IsEmpty || here.Articles.IsEmpty || there.Articles.Select(Kind).Intersect(here.Articles.Select(Kind)).Any();

    private static string Kind(string article) => article[..article.IndexOf(':', StringComparison.Ordinal)];

    private static bool OneNameHoldsOther(LineItem there, LineItem here) =>
        there.Items.Select(Words.Key)
            .Any(one => here.Items.Select(Words.Key)
            .Any(other => one.Contains(other, StringComparison.Ordinal) || other.Contains(one, StringComparison.Ordinal)));
}
