using System.Globalization;
using System.Text;

namespace DocumentGenerator;

/// <summary>
/// Sets the lines of a source on A4 pages. A line that begins with a dot changes how the following ones are set: <c>.font r|b|m SIZE</c>,
/// <c>.at X Y</c>, <c>.cols X Xr ...</c> (cells between bars; r: right-aligned at X), <c>.rule X X</c>, <c>.gap POINTS</c>, <c>.page</c>,
/// <c>.scan SEED</c> (a picture of a page instead of text). Points from the lower left corner.
/// </summary>
internal sealed class PdfSheet
{
    private readonly List<PdfPage> pages = [new()];
    private (double X, bool Right)[] columns = [];
    private string font = "F1";
    private double size = 10;
    private double x = 56;
    private double y = 780;

    public static byte[] Write(IEnumerable<string> lines)
    {
        var sheet = new PdfSheet();
        foreach (var line in lines)
        {
            if (line.StartsWith('.'))
            {
                sheet.Follow(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
            else
            {
                sheet.Set(line);
            }
        }

        return PdfFile.Write(sheet.pages);
    }

    private void Follow(string[] words)
    {
        switch (words)
        {
            case [".font", var face, var points]:
                font = face switch { "b" => "F2", "m" => "F3", _ => "F1" };
                size = Number(points);
                break;
            case [".at", var left, var bottom]:
                (x, y, columns) = (Number(left), Number(bottom), []);
                break;
            case [".cols", .. var places]:
                columns = [.. places.Select(place => (Number(place.TrimEnd('r')), place.EndsWith('r')))];
                break;
            case [".rule", var from, var to]:
                Draw($"0.6 w {from} {y + (size * 0.5):0.##} m {to} {y + (size * 0.5):0.##} l S");
                y -= size * 0.6;
                break;
            case [".gap", var points]:
                y -= Number(points);
                break;
            case [".page"]:
                pages.Add(new());
                (x, y) = (56, 780);
                break;
            case [".scan", var seed]:
                pages[^1].Picture = ScannedPage.Draw(int.Parse(seed, CultureInfo.InvariantCulture));
                break;
            default:
                throw new InvalidDataException($"Unknown: {string.Join(' ', words)}");
        }
    }

    private void Set(string line)
    {
        var cells = columns.Length > 0 && line.Contains('|', StringComparison.Ordinal)
            ? line.Split('|', StringSplitOptions.TrimEntries)
            : null;
        if (cells is null)
        {
            Show(x, line);
        }
        else
        {
            foreach (var (cell, column) in cells.Zip(columns))
            {
                Show(column.Right ? column.X - Width(cell) : column.X, cell);
            }
        }

        y -= size * 1.35;
    }

    private void Show(double left, string text)
    {
        if (text.Length > 0)
        {
            Draw($"BT /{font} {size} Tf {left:0.##} {y:0.##} Td ({PdfText.Escape(text)}) Tj ET");
        }
    }

    // Bold letters are a little wider; figures, which is what stands right-aligned, are not.
    private double Width(string text) => size / 1000 * text.Sum(character => font == "F3" ? 600 : PdfText.WidthOf(character));

    private void Draw(FormattableString instruction) =>
        pages[^1].Content.Append(instruction.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>Drawing instructions of one page, or a picture that fills it.</summary>
internal sealed class PdfPage
{
    public StringBuilder Content { get; } = new();

    public Picture? Picture { get; set; }
}
