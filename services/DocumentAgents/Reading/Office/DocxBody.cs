using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace DocumentAgents.Reading.Office;

/// <summary>
/// Walks a story (body, header, notes) and collects paragraphs and tables. Deleted text and field instructions are left out.
/// </summary>
internal sealed class DocxBody(LineCollector lines, DocumentSource source)
{
    private int paragraph;
    private string? story;
    private DocxStyles? styles;

    public void AddStory(XElement root, string? role, DocxStyles documentStyles)
    {
        story = role;
        styles = documentStyles;
        Blocks(root, 0);
    }

    private void Blocks(XElement container, int depth)
    {
        foreach (var block in container.Elements())
        {
            switch (block.Name.LocalName)
            {
                case "p":
                    Paragraph(block, depth);
                    break;
                case "tbl":
                    Rows(block, depth);
                    break;
                case "footnote" or "endnote" when block.Attribute(Word.NoteType) is not null:
                    break;
                case "body" or "sdt" or "sdtContent" or "customXml" or "ins" or "smartTag" or "footnote" or "endnote":
                    Blocks(block, depth);
                    break;
            }
        }
    }

    private void Paragraph(XElement block, int depth)
    {
        paragraph++;
        var boxes = new List<XElement>();
        var role = story ?? styles!.RoleOf(block);
        foreach (var line in TextOf(block, boxes).Split('\n'))
        {
            lines.Add(new(line.TrimEnd(), Place.Paragraph(paragraph), Role: role));
        }

        foreach (var box in boxes)
        {
            Blocks(box, Deeper(depth));
        }
    }

    private void Rows(XElement block, int depth)
    {
        var name = $"table {(lines.TableCount + 1).ToString(CultureInfo.InvariantCulture)}";
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        var nested = new List<XElement>();
        foreach (var row in Named(block, Word.TableRow))
        {
            var cells = Named(row, Word.TableCell).Select(cell => CellText(cell, nested, Deeper(depth))).ToImmutableArray();
            lines.CountCells(cells.Length);
            rows.Add(cells);
            var place = new Place("table", $"{name}, row {rows.Count.ToString(CultureInfo.InvariantCulture)}");
            foreach (var line in StackedCells.Of(cells) ?? [string.Join('\t', cells.Select(cell => cell.ReplaceLineEndings(" ")))])
            {
                lines.Add(new(line, place, Role: story ?? "row"));
            }
        }

        lines.AddTable(new Table(name, rows.ToImmutable()));
        foreach (var inner in nested)
        {
            Blocks(inner, Deeper(depth));
        }
    }

    // Rows and cells may be wrapped in content controls or revision marks.
    private static IEnumerable<XElement> Named(XElement parent, XName name) => parent.Elements().SelectMany(child =>
        child.Name == name ? [child] : child.Name.LocalName is "sdt" or "sdtContent" or "ins" or "customXml" ? Named(child, name) : []);

    private string CellText(XElement cell, List<XElement> nested, int depth)
    {
        var text = new StringBuilder();
        foreach (var block in cell.Elements())
        {
            if (block.Name.LocalName == "p")
            {
                paragraph++;
                text.Append(text.Length > 0 ? "\n" : "").Append(TextOf(block, nested));
            }
            else if (block.Name.LocalName is "sdt" or "sdtContent" or "customXml" or "ins")
            {
                text.Append(text.Length > 0 ? "\n" : "").Append(CellText(block, nested, Deeper(depth)));
            }
            else if (block.Name.LocalName == "tbl")
            {
                nested.Add(new XElement("nested", block));
            }
        }

        return text.ToString().Trim();
    }

    private static string TextOf(XElement block, List<XElement> boxes)
    {
        var text = new StringBuilder();
        Inline(block, text, boxes);
        return text.ToString();
    }

    private static void Inline(XElement parent, StringBuilder text, List<XElement> boxes)
    {
        foreach (var child in parent.Elements())
        {
            var isSymbol = Symbol(child) is { } symbol && text.Append(symbol).Length >= 0;
            if (!isSymbol && child.Name == Word.TextBoxContent)
            {
                boxes.Add(child);
            }
            else if (!isSymbol && child.Name.LocalName == "AlternateContent")
            {
                Inline(child.Elements().FirstOrDefault() ?? child, text, boxes);
            }
            else if (!isSymbol && !IsLeftOut(child.Name.LocalName))
            {
                Inline(child, text, boxes);
            }
        }
    }

    private static string? Symbol(XElement element) => element.Name.LocalName switch
    {
        "t" when element.Name.Namespace == Word.Value.Namespace => element.Value,
        "tab" when element.Parent?.Name.LocalName == "r" => "\t",
        "ptab" => "\t",
        "br" or "cr" => "\n",
        "noBreakHyphen" => "-",
        "sym" => element.Attribute(Word.Character)?.Value.ToUpperInvariant() is "F0FE" or "F052" or "F0FD" ? "☒" : "☐",
        "checkBox" when element.Name == Word.CheckBox => IsChecked(element) ? "☒" : "☐",
        _ => null,
    };

    private static bool IsChecked(XElement box) =>
        (box.Element(Word.Checked) ?? box.Element(Word.Default)) is { } mark
            && mark.Attribute(Word.Value)?.Value is null or "1" or "true" or "on";

    private static bool IsLeftOut(string name) =>
        name is "del" or "moveFrom" or "instrText" or "pPr" or "rPr" or "sdtPr" or "Fallback" or "delText" or "docPartObj";

    private int Deeper(int depth) => depth < source.Limits.MaxNesting
        ? depth + 1
        : throw ReadException.Limit($"tables nested deeper than {source.Limits.MaxNesting}");
}
