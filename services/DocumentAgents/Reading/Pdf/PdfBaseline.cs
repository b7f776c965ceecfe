namespace DocumentAgents.Reading.Pdf;

/// <summary>The runs of one printed line, from left to right.</summary>
internal sealed class PdfBaseline
{
    private const double Tolerance = 0.35;
    private const double ToleranceOfRaised = 0.55;
    private const double SizeOfRaised = 0.85;
    private const double JoinGap = 0.15;
    private const int MaxRaisedRuns = 20;
    private const int Candidates = 8;
    private const int MaxRunsToCompare = 300;
    private readonly List<PdfRun> runs = [];

    private PdfBaseline(PdfRun first)
    {
        Y = first.Y;
        Size = first.Size;
        runs.Add(first);
    }

    /// <summary>The base line of the largest writing on the line: raised and lowered letters do not move it.</summary>
    public double Y { get; private set; }

    public double Size { get; private set; }

    public IReadOnlyList<PdfRun> Runs => runs;

    /// <summary>From top to bottom. Runs share a line when their base lines are close and they do not cover each other.</summary>
    public static List<PdfBaseline> Group(List<PdfRun> runs)
    {
        var lines = new List<PdfBaseline>();
        foreach (var run in runs.OrderByDescending(run => run.Y))
        {
            var home = lines.Skip(Math.Max(0, lines.Count - Candidates))
                .Where(line => line.Takes(run))
                .MinBy(line => Math.Abs(line.Y - run.Y));
            if (home is null)
            {
                lines.Add(new(run));
            }
            else if (!home.Repeats(run))
            {
                home.runs.Add(run);
                (home.Y, home.Size) = run.Size > home.Size ? (run.Y, run.Size) : (home.Y, home.Size);
            }
        }

        JoinRaised(lines);
        foreach (var line in lines)
        {
            line.runs.Sort((a, b) => a.X.CompareTo(b.X));
        }

        return lines;
    }

    // Small writing that touches larger writing a little above or below belongs to it, as the raised letters of "5th".
    private static void JoinRaised(List<PdfBaseline> lines)
    {
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            var small = lines[i];
            var home = small.runs.Count > MaxRaisedRuns
                ? null
                : lines.Skip(Math.Max(0, i - 2)).Take(5)
                    .FirstOrDefault(line => line != small && line.runs.Count > 0 && small.runs.TrueForAll(line.IsRaisedBeside));
            if (home is not null)
            {
                home.runs.AddRange(small.runs);
                small.runs.Clear();
            }
        }

        lines.RemoveAll(line => line.runs.Count == 0);
    }

    private bool IsRaisedBeside(PdfRun small) =>
        small.Size < SizeOfRaised * Size
        && Math.Abs(Y - small.Y) < ToleranceOfRaised * Size
        && runs.Count <= MaxRunsToCompare
        && runs.Exists(run => Math.Abs(Overlap(run, small)) < JoinGap * run.Size)
        && !runs.Exists(run => Overlap(run, small) > JoinGap * run.Size);

    private bool Takes(PdfRun run) =>
        Math.Abs(Y - run.Y) < Tolerance * Math.Max(Size, run.Size)
        && (Repeats(run) || runs.Count > MaxRunsToCompare
            || !runs.Exists(other => Overlap(other, run) > 0.3 * Math.Min(other.Size, run.Size)));

    // The same text a hair beside, drawn to look bold or to throw a shadow.
    private bool Repeats(PdfRun run) => runs.Count <= MaxRunsToCompare && runs.Exists(other =>
        other.Text == run.Text && Math.Abs(other.X - run.X) < 0.2 * run.Size && Math.Abs(other.Y - run.Y) < 0.2 * run.Size);

    private static double Overlap(PdfRun a, PdfRun b) => Math.Min(a.End, b.End) - Math.Max(a.X, b.X);
}
