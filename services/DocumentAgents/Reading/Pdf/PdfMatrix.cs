namespace DocumentAgents.Reading.Pdf;

/// <summary>An affine transformation; a point (x, y) becomes (A x + C y + E, B x + D y + F).</summary>
internal readonly record struct PdfMatrix(double A, double B, double C, double D, double E, double F)
{
    public static PdfMatrix Identity { get; } = new(1, 0, 0, 1, 0, 0);

    public static PdfMatrix Move(double x, double y) => new(1, 0, 0, 1, x, y);

    /// <summary>First this, then <paramref name="next"/>.</summary>
    public PdfMatrix Then(PdfMatrix next) => new(
        A * next.A + B * next.C,
        A * next.B + B * next.D,
        C * next.A + D * next.C,
        C * next.B + D * next.D,
        E * next.A + F * next.C + next.E,
        E * next.B + F * next.D + next.F);

    public (double X, double Y) Apply(double x, double y) => (A * x + C * y + E, B * x + D * y + F);

    public static PdfMatrix From(PdfArray? array, PdfFile file)
    {
        var n = Numbers(array, file);
        return n.Length == 6 ? new(n[0], n[1], n[2], n[3], n[4], n[5]) : Identity;
    }

    public static double[] Numbers(PdfArray? array, PdfFile file) =>
        array is { Items.Count: <= 16 } ? [.. array.Items.Select(item => (file.Resolve(item) as PdfNumber)?.Value ?? 0)] : [];
}
