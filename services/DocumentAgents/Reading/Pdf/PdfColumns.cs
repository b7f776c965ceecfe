namespace DocumentAgents.Reading.Pdf;

/// <summary>
/// Finds text set in columns. It is read column by column, while tables and forms stay row by row: only a stretch of the page in which both
/// sides of a gutter are mostly long lines counts as columns.
/// </summary>
internal static class PdfColumns
{
    private const int MinLines = 10;
    private const int LongLine = 25;
    private const double MostlyLong = 0.6;
    private const double SegmentGap = 1.0;
    private const double HalfGutter = 3;
    private const int MaxColumns = 4;

    /// <summary>The runs of a page in blocks to be read one after another.</summary>
    public static List<List<PdfRun>> Blocks(List<PdfRun> runs) => Blocks(runs, 1);

    private static List<List<PdfRun>> Blocks(List<PdfRun> runs, int column)
    {
        var segments = PdfBaseline.Group(runs).SelectMany(Segments).ToList();
        if (column >= MaxColumns || Gutter(segments) is not { } gutter)
        {
            return [runs];
        }

        var blocks = new List<List<PdfRun>>();
        var rows = new List<PdfRun>();
        foreach (var band in Bands(segments, gutter))
        {
            if (!IsColumns(band, gutter))
            {
                rows.AddRange(band.SelectMany(segment => segment.Runs));
                continue;
            }

            blocks.Add(rows);
            blocks.Add([.. band.Where(segment => segment.End <= gutter).SelectMany(segment => segment.Runs)]);
            blocks.AddRange(Blocks([.. band.Where(segment => segment.End > gutter).SelectMany(segment => segment.Runs)], column + 1));
            rows = [];
        }

        blocks.Add(rows);
        blocks.RemoveAll(block => block.Count == 0);
        return blocks;
    }

    // The left edge at which most long lines begin that have other long lines left of them.
    private static double? Gutter(List<Segment> segments)
    {
        var longLines = segments.FindAll(segment => segment.Length >= LongLine);
        return longLines
            .GroupBy(segment => Math.Round(segment.X / 2))
            .Where(group => group.Count() >= MinLines)
            .OrderByDescending(group => group.Count())
            .Take(MaxColumns)
            .Select(group => group.Min(segment => segment.X) - HalfGutter)
            .Where(gutter => Bands(segments, gutter).Any(band => IsColumns(band, gutter)))
            .Select(gutter => (double?)gutter)
            .Min();
    }

    // Stretches of the page, from top to bottom, in which nothing crosses the gutter; what crosses it is a stretch of its own.
    private static IEnumerable<List<Segment>> Bands(List<Segment> segments, double gutter)
    {
        var band = new List<Segment>();
        foreach (var segment in segments)
        {
            if (segment.X < gutter && segment.End > gutter)
            {
                yield return band;
                yield return [segment];
                band = [];
            }
            else
            {
                band.Add(segment);
            }
        }

        yield return band;
    }

    private static bool IsColumns(List<Segment> band, double gutter) =>
        IsProse(band.FindAll(segment => segment.End <= gutter)) && IsProse(band.FindAll(segment => segment.X >= gutter));

    private static bool IsProse(List<Segment> side) =>
        side.Count(segment => segment.Length >= LongLine) is var count && count >= MinLines && count >= MostlyLong * side.Count;

    private static IEnumerable<Segment> Segments(PdfBaseline line)
    {
        var start = 0;
        for (var i = 1; i <= line.Runs.Count; i++)
        {
            if (i == line.Runs.Count
                || line.Runs[i].X - line.Runs[i - 1].End > SegmentGap * Math.Min(line.Runs[i].Size, line.Runs[i - 1].Size))
            {
                yield return new([.. line.Runs.Skip(start).Take(i - start)]);
                start = i;
            }
        }
    }

    private sealed record Segment(List<PdfRun> Runs)
    {
        public double X { get; } = Runs[0].X;

        public double End { get; } = Runs.Max(run => run.End);

        public int Length { get; } = Runs.Sum(run => run.Text.Length + 1) - 1;
    }
}
