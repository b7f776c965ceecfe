namespace Orchestration.Domain.Plans;

/// <summary>"Did you mean": the known name nearest to an unknown one.</summary>
internal static class Suggestion
{
    private const int MaxLength = 64;
    private const int MaxCandidates = 2000;

    /// <summary>A sentence to append, or nothing.</summary>
    internal static string For(string name, IEnumerable<string> candidates)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return "";
        }

        int allowed = name.Length < 3 ? 0 : Math.Max(1, name.Length / 3);
        (string Name, int Distance)? best = candidates.Take(MaxCandidates)
            .Where(candidate => candidate.Length <= MaxLength && Math.Abs(candidate.Length - name.Length) <= allowed + 2)
            .Select(candidate => ((string Name, int Distance)?)(candidate, Distance(Simplify(name), Simplify(candidate))))
            .OrderBy(candidate => candidate!.Value.Distance)
            .ThenBy(candidate => candidate!.Value.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best is { } found && found.Distance <= allowed ? $"; did you mean '{found.Name}'?" : "";
    }

    /// <summary>Case and separators are the commonest mistake: depends_on, DependsOn.</summary>
    private static string Simplify(string name) =>
        string.Concat(name.Where(c => c is not ('_' or '-'))).ToLowerInvariant();

    /// <summary>Edits (insert, delete, replace, swap neighbours) between two names.</summary>
    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Cheapest(table, a, b, i, j);
            }
        }

        return table[a.Length, b.Length];
    }

    private static int Cheapest(int[,] table, string a, string b, int i, int j)
    {
        int replace = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        int cheapest = Math.Min(replace, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
        bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swapped ? Math.Min(cheapest, table[i - 2, j - 2] + 1) : cheapest;
    }
}
