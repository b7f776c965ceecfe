using System.Text;

namespace DocumentAgents.Reading.Pdf;

/// <param name="X">Where the line begins, in points from the left edge; null for writing that is turned.</param>
internal sealed record PdfLine(string Text, double? X);

/// <summary>Puts the runs of a page into lines as a person reads them, with blanks where columns are apart.</summary>
internal static class PdfLayout
{
    private const double ColumnGap = 0.8;
    private const double JoinGap = 0.15;
    private const double BlankLineGap = 2.0;

    public static IEnumerable<PdfLine> Lines(IReadOnlyList<PdfRun> runs)
    {
        var groups = runs.GroupBy(run => run.Turn).OrderByDescending(group => group.Sum(run => run.Text.Length));
        foreach (var group in groups)
        {
            var pitch = Pitch(group);
            foreach (var (index, block) in PdfColumns.Blocks([.. group]).Index())
            {
                if (index > 0)
                {
                    yield return new("", null);
                }

                foreach (var line in Lines(block, pitch))
                {
                    yield return group.Key == 0 ? line : line with { X = null };
                }
            }
        }
    }

    private static IEnumerable<PdfLine> Lines(List<PdfRun> block, double pitch)
    {
        var left = block.Min(run => run.X);
        PdfBaseline? above = null;
        foreach (var baseline in PdfBaseline.Group(block))
        {
            if (above is not null && above.Y - baseline.Y > BlankLineGap * Math.Min(above.Size, baseline.Size))
            {
                yield return new("", null);
            }

            yield return new(Compose(baseline.Runs, left, pitch), baseline.Runs[0].X);
            above = baseline;
        }
    }

    // The average width of a character: the grid on which columns stay below each other.
    private static double Pitch(IEnumerable<PdfRun> runs)
    {
        var width = runs.Sum(run => run.End - run.X);
        var characters = runs.Sum(run => run.Text.Length);
        return characters == 0 || width <= 0 ? 5 : Math.Max(0.5, width / characters);
    }

    private static string Compose(IReadOnlyList<PdfRun> runs, double left, double pitch)
    {
        var text = new StringBuilder();
        for (var i = 0; i < runs.Count; i++)
        {
            var run = runs[i];
            var column = (int)Math.Clamp(Math.Round((run.X - left) / pitch), 0, 1000);
            var before = i == 0 ? column : Blanks(runs[i - 1], run, column - text.Length);
            text.Append(' ', Math.Max(0, before)).Append(run.Text);
        }

        return text.ToString();
    }

    private static int Blanks(PdfRun previous, PdfRun run, int toColumn)
    {
        var gap = run.X - previous.End;
        var size = Math.Min(previous.Size, run.Size);
        if (!run.SpaceBefore && gap < JoinGap * size)
        {
            return 0;
        }

        return gap < ColumnGap * size ? 1 : Math.Max(2, toColumn);
    }
}
