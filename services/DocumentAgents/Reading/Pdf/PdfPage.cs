namespace DocumentAgents.Reading.Pdf;

/// <param name="ToUpright">From page space to a frame in which the page lies as it is shown, its lower left corner at the origin.</param>
internal sealed record PdfPage(PdfDictionary Dictionary, PdfDictionary Resources, PdfMatrix ToUpright, double Width, double Height);

/// <summary>The pages of a file in order, with what they inherit.</summary>
internal static class PdfPages
{
    private const int MaxDepth = 64;

    public static IEnumerable<PdfPage> Of(PdfFile file)
    {
        var seen = new HashSet<PdfDictionary>();
        var root = file.Get<PdfDictionary>(file.Catalog, "Pages") ?? throw ReadException.Malformed("the file has no pages");
        return Leaves(root, new(PdfDictionary.Empty, null, null), 0, seen, file);
    }

    private static IEnumerable<PdfPage> Leaves(PdfDictionary node, Inherited above, int depth, HashSet<PdfDictionary> seen, PdfFile file)
    {
        if (depth > MaxDepth || !seen.Add(node))
        {
            yield break;
        }

        var inherited = new Inherited(
            file.Get<PdfDictionary>(node, "Resources") ?? above.Resources,
            file.Get<PdfArray>(node, "CropBox") ?? file.Get<PdfArray>(node, "MediaBox") ?? above.Box,
            file.Number(node, "Rotate") ?? above.Rotate);
        if (file.Get<PdfArray>(node, "Kids") is not { } kids)
        {
            yield return Page(node, inherited, file);
            yield break;
        }

        foreach (var kid in kids.Items)
        {
            if (file.Resolve(kid) is PdfDictionary child)
            {
                foreach (var page in Leaves(child, inherited, depth + 1, seen, file))
                {
                    yield return page;
                }
            }
            else if (file.IsRepaired)
            {
                throw ReadException.Malformed("a page is missing: the file is cut off");
            }
        }
    }

    private static PdfPage Page(PdfDictionary dictionary, Inherited inherited, PdfFile file)
    {
        var box = PdfMatrix.Numbers(inherited.Box, file);
        box = box.Length == 4 ? box : [0, 0, 612, 792];
        var (left, right) = (Math.Min(box[0], box[2]), Math.Max(box[0], box[2]));
        var (bottom, top) = (Math.Min(box[1], box[3]), Math.Max(box[1], box[3]));
        var (width, height) = (right - left, top - bottom);
        var home = PdfMatrix.Move(-left, -bottom);
        var turn = (((int)Math.Clamp(inherited.Rotate ?? 0, -36_000, 36_000) % 360) + 360) % 360;
        return turn switch
        {
            90 => new(dictionary, inherited.Resources, home.Then(new(0, -1, 1, 0, 0, width)), height, width),
            180 => new(dictionary, inherited.Resources, home.Then(new(-1, 0, 0, -1, width, height)), width, height),
            270 => new(dictionary, inherited.Resources, home.Then(new(0, 1, -1, 0, height, 0)), height, width),
            _ => new(dictionary, inherited.Resources, home, width, height),
        };
    }

    private sealed record Inherited(PdfDictionary Resources, PdfArray? Box, double? Rotate);
}
