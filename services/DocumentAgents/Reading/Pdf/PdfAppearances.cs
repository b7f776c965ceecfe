namespace DocumentAgents.Reading.Pdf;

internal sealed record PdfAppearance(PdfStream Form, PdfMatrix Placement);

/// <summary>What form fields and text notes show on a page: the values people filled in are there, not in the page's own content.</summary>
internal static class PdfAppearances
{
    private const int MaxAnnotations = 5_000;
    private const int Hidden = 2;

    public static IEnumerable<PdfAppearance> Of(PdfPage page, PdfFile file)
    {
        foreach (var item in (file.Get<PdfArray>(page.Dictionary, "Annots")?.Items ?? []).Take(MaxAnnotations))
        {
            if (file.Resolve(item) is PdfDictionary annotation
                && file.Name(annotation, "Subtype") is "Widget" or "FreeText" or "Stamp"
                && ((int)(file.Number(annotation, "F") ?? 0) & Hidden) == 0
                && Normal(annotation, file) is { } form)
            {
                yield return new(form, Placement(annotation, form, file));
            }
        }
    }

    private static PdfStream? Normal(PdfDictionary annotation, PdfFile file)
    {
        var normal = file.Resolve(file.Get<PdfDictionary>(annotation, "AP")?["N"]);
        return normal as PdfStream
            ?? (normal is PdfDictionary states && file.Name(annotation, "AS") is { } current ? file.Get<PdfStream>(states, current) : null);
    }

    private static PdfMatrix Placement(PdfDictionary annotation, PdfStream form, PdfFile file)
    {
        var rectangle = PdfMatrix.Numbers(file.Get<PdfArray>(annotation, "Rect"), file);
        var box = PdfMatrix.Numbers(file.Get<PdfArray>(form.Dictionary, "BBox"), file);
        return rectangle.Length == 4 && box.Length == 4
            ? PdfMatrix.Move(Math.Min(rectangle[0], rectangle[2]) - Math.Min(box[0], box[2]),
                Math.Min(rectangle[1], rectangle[3]) - Math.Min(box[1], box[3]))
            : PdfMatrix.Identity;
    }
}
