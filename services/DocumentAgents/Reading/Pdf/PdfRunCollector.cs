using System.Text;

namespace DocumentAgents.Reading.Pdf;

/// <summary>Glyphs that stand together without a gap.</summary>
/// <param name="X">Left end; X, Y and End are points in a frame in which the writing goes from left to right.</param>
/// <param name="Y">Base line, growing upwards.</param>
/// <param name="Turn">Quarter turns of the writing against the page.</param>
/// <param name="SpaceBefore">Whether a space was drawn in front.</param>
internal sealed record PdfRun(string Text, double X, double Y, double End, double Size, int Turn, bool SpaceBefore);

/// <summary>Joins the glyphs of one page into runs.</summary>
internal sealed class PdfRunCollector(double width, double height)
{
    private const int MaxGlyphs = 200_000;
    private const double Margin = 3;
    private const double GapOfSpace = 0.15;
    private readonly List<PdfRun> runs = [];
    private readonly StringBuilder text = new();
    private Glyph last;
    private double start;
    private bool space;
    private bool spaceBefore;
    private int glyphs;
    private string? replacement;
    private bool replacing;

    /// <summary>Glyphs on the page that nobody can say the meaning of.</summary>
    public int Unreadable { get; private set; }

    public IReadOnlyList<PdfRun> Finish()
    {
        EndRun();
        return runs;
    }

    /// <param name="origin">From the space of the glyph, in which the font size is one, to the upright page.</param>
    public void Add(PdfCharacter character, PdfMatrix origin)
    {
        var glyph = Glyph.At(origin, character.Width);
        if (replacing)
        {
            character = character with { Text = replacement ?? "" };
        }

        if (!glyph.IsSane || IsOutside(origin))
        {
            return;
        }

        if (character.Text.Length == 0 && !replacing)
        {
            Skip(glyph);
            return;
        }

        if (string.IsNullOrWhiteSpace(character.Text) && !replacing)
        {
            EndRun();
            space = true;
            return;
        }

        Append(character.Text, glyph);
        replacement = replacing ? "" : null;
    }

    /// <summary>What is drawn until <see cref="EndReplacement"/> means this text. Not when one is open already.</summary>
    public bool BeginReplacement(string actual)
    {
        if (replacing)
        {
            return false;
        }

        replacing = true;
        replacement = actual;
        return true;
    }

    public void EndReplacement()
    {
        replacing = false;
        replacement = null;
    }

    // What nobody can read still takes its room, so that it does not look like a space.
    private void Skip(Glyph glyph)
    {
        Unreadable += glyph.End > glyph.X ? 1 : 0;
        last = text.Length > 0 && IsBeside(glyph) ? last with { End = glyph.End } : last;
    }

    private void Append(string value, Glyph glyph)
    {
        glyphs += Math.Max(1, value.Length);
        if (glyphs > MaxGlyphs)
        {
            throw ReadException.Limit($"more than {MaxGlyphs} glyphs on one page");
        }

        if (text.Length > 0 && glyph.Turn == last.Turn && value == last.Text && Math.Abs(glyph.X - last.X) < 0.1 * glyph.Size
            && IsBeside(glyph))
        {
            // Drawn twice to look bold.
            return;
        }

        if (text.Length == 0 || space || !IsBeside(glyph) || glyph.X - last.End > GapOfSpace * glyph.Size
            || glyph.X - last.End < -0.5 * glyph.Size)
        {
            EndRun();
            start = glyph.X;
            spaceBefore = space;
            space = false;
        }

        text.Append(value);
        last = glyph with { Text = value };
    }

    private bool IsBeside(Glyph glyph) =>
        glyph.Turn == last.Turn && Math.Abs(glyph.Y - last.Y) < 0.15 * glyph.Size && Math.Abs(glyph.Size - last.Size) < 0.5 * glyph.Size;

    private bool IsOutside(PdfMatrix origin) =>
        width > 1 && height > 1 && (origin.E < -Margin || origin.E > width + Margin || origin.F < -Margin || origin.F > height + Margin);

    private void EndRun()
    {
        if (text.Length > 0)
        {
            runs.Add(new(text.ToString(), start, last.Y, Math.Max(start, last.End), last.Size, last.Turn, spaceBefore));
            text.Clear();
        }
    }

    private readonly record struct Glyph(string Text, double X, double Y, double End, double Size, int Turn)
    {
        public bool IsSane => double.IsFinite(X + Y + End) && Size is > 0.05 and < 5_000;

        public static Glyph At(PdfMatrix origin, double width)
        {
            var turn = Math.Abs(origin.A) >= Math.Abs(origin.B) ? origin.A >= 0 ? 0 : 2 : origin.B > 0 ? 1 : 3;
            var (x, y) = Turned(origin.Apply(0, 0), turn);
            var (end, _) = Turned(origin.Apply(width, 0), turn);
            return new("", x, y, end, Math.Sqrt(origin.C * origin.C + origin.D * origin.D), turn);
        }

        private static (double X, double Y) Turned((double X, double Y) point, int turn) => turn switch
        {
            1 => (point.Y, -point.X),
            2 => (-point.X, -point.Y),
            3 => (-point.Y, point.X),
            _ => point,
        };
    }
}
