using System.Collections.Immutable;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.Identity;

/// <summary>Takes apart what stands in two columns: where two headings share a line, each has its section below it.</summary>
internal static class ResumeColumns
{
    /// <summary>The lines with the left column before the right one; the same lines where there are no columns.</summary>
    public static ImmutableArray<TextLine> Unweave(ImmutableArray<TextLine> lines)
    {
        var page = Page.Of(lines);
        if (page.Rows.FirstOrDefault(IsPair) is not { } heads)
        {
            return lines;
        }

        var gutter = heads.Cells[1].Start - 1;
        var woven = page.Rows.Skip(heads.Index).TakeWhile(row => !row.Cells.Any(cell => cell.Start < gutter && cell.End > gutter)).ToList();
        var left = woven.Select(row => row.Line with { Text = row.Text[..Math.Min(gutter, row.Text.Length)] });
        var right = woven.Select(row => row.Line with { Text = row.Text[Math.Min(gutter, row.Text.Length)..] });
        return
        [
            .. page.Rows.Take(heads.Index).Select(row => row.Line),
            .. left.Where(line => !string.IsNullOrWhiteSpace(line.Text)),
            .. right.Where(line => !string.IsNullOrWhiteSpace(line.Text)),
            .. page.Rows.Skip(heads.Index + woven.Count).Select(row => row.Line),
        ];
    }

    private static bool IsPair(PageRow row) =>
        row.Cells is [{ Column: < 0 } one, var other] && ResumeSections.IsHeading(one) && ResumeSections.IsHeading(other);
}
