using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;

namespace DocumentAgents.Reading.Html;

/// <summary>Turns the tokens of a page into lines and tables.</summary>
internal sealed class HtmlPage
{
    private static readonly FrozenSet<string> Blocks = FrozenSet.Create(
        "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "legend", "li", "main", "nav",
        "ol", "option", "p", "pre", "section", "select", "summary", "table", "tbody", "textarea", "tfoot", "thead", "title", "tr", "ul");

    private readonly string html;
    private readonly LineCollector lines;
    private readonly HtmlTables tables;
    private readonly StringBuilder line = new();
    private readonly ImmutableDictionary<string, string>.Builder properties = ImmutableDictionary.CreateBuilder<string, string>();
    private int counted;
    private int lineNumber = 1;
    private int lineStart = 1;
    private int preformatted;
    private int rowStart = -1;
    private string? role;
    private bool inTitle;

    public HtmlPage(string html, DocumentSource source)
    {
        this.html = html;
        lines = new LineCollector(source);
        tables = new HtmlTables(lines, source.Limits.MaxNesting);
    }

    public ImmutableArray<TextLine> Lines => lines.Lines;

    public ImmutableArray<Table> Tables => lines.Tables;

    public ImmutableDictionary<string, string> Properties => properties.ToImmutable();

    public void Read()
    {
        var tokens = new HtmlTokens(html);
        while (tokens.Next() is { } token)
        {
            AdvanceTo(token.Offset);
            switch (token.Kind)
            {
                case HtmlTokenKind.Text:
                    Text(token.Value);
                    break;
                case HtmlTokenKind.Open:
                    Open(token);
                    break;
                default:
                    Close(token.Value);
                    break;
            }
        }

        Flush();
        tables.CloseAll();
    }

    private void Open(HtmlToken token)
    {
        if (Blocks.Contains(token.Value))
        {
            Flush();
            tables.Append(token.Value is "br" or "p" or "div" or "li" ? "\n" : " ");
        }

        switch (token.Value)
        {
            case "table":
                rowStart = -1;
                tables.Open();
                break;
            case "tr":
                CloseRow();
                rowStart = lines.Count;
                break;
            case "td" or "th":
                line.Append(tables.OpenCell() ? "\t" : "");
                break;
            case "pre" or "textarea":
                preformatted++;
                break;
            case "title":
                inTitle = true;
                break;
            case ['h', >= '1' and <= '6']:
                role = "heading " + token.Value[1];
                break;
            default:
                Void(token);
                break;
        }
    }

    // Elements that have no end tag and say something by their attributes.
    private void Void(HtmlToken token)
    {
        if (token.Value == "meta" && HtmlTokens.Attribute(token.Markup, "name") is { Length: > 0 } name
            && HtmlTokens.Attribute(token.Markup, "content") is { } content)
        {
            properties["meta." + name.ToLowerInvariant()] = content;
        }
        else if (token.Value == "img" && HtmlTokens.Attribute(token.Markup, "alt") is { } alternative)
        {
            Text(alternative);
        }
        else if (token.Value == "input")
        {
            Text(InputText(token.Markup));
        }
    }

    private static string InputText(string markup) => HtmlTokens.Attribute(markup, "type")?.ToLowerInvariant() switch
    {
        "hidden" or "password" or "submit" or "button" or "image" or "file" => "",
        "checkbox" or "radio" => HtmlTokens.Attribute(markup, "checked") is null ? "☐ " : "☒ ",
        _ => HtmlTokens.Attribute(markup, "value") ?? "",
    };

    private void Close(string name)
    {
        if (Blocks.Contains(name))
        {
            Flush();
        }

        switch (name)
        {
            case "table":
                CloseRow();
                tables.Close();
                break;
            case "tr":
                CloseRow();
                break;
            case "td" or "th":
                tables.CloseCell();
                break;
            case "pre" or "textarea":
                preformatted = Math.Max(0, preformatted - 1);
                break;
            case "title":
                inTitle = false;
                break;
            case ['h', >= '1' and <= '6']:
                role = null;
                break;
        }
    }

    // A row with a table inside keeps its lines one after the other.
    private void CloseRow()
    {
        var cells = tables.CloseRow();
        if (rowStart >= 0 && !cells.IsEmpty && StackedCells.Of(cells) is { } stacked)
        {
            lines.Replace(rowStart, stacked);
        }

        rowStart = -1;
    }

    private void Text(string text)
    {
        if (inTitle)
        {
            properties["title"] = Collapsed(text).Trim();
            return;
        }

        if (preformatted > 0)
        {
            tables.Append(text);
            var parts = text.ReplaceLineEndings("\n").Split('\n');
            for (var i = 0; i < parts.Length; i++)
            {
                StartLine();
                line.Append(parts[i]);
                if (i < parts.Length - 1)
                {
                    Flush(keepBlank: true);
                    lineNumber++;
                }
            }

            return;
        }

        var collapsed = Collapsed(text);
        StartLine();
        tables.Append(collapsed);
        line.Append(collapsed.StartsWith(' ') && (line.Length == 0 || line[^1] is ' ' or '\t') ? collapsed[1..] : collapsed);
    }

    private void StartLine() => lineStart = line.Length == 0 ? lineNumber : lineStart;

    private void Flush(bool keepBlank = false)
    {
        var text = line.ToString().TrimEnd();
        line.Clear();
        if (keepBlank || !string.IsNullOrWhiteSpace(text))
        {
            lines.Add(new(text, Place.Line(lineStart), Role: role));
        }
    }

    private void AdvanceTo(int offset)
    {
        lineNumber = counted == 0 ? 1 : lineNumber;
        lineNumber = counted <= offset ? lineNumber + html.AsSpan(counted, offset - counted).Count('\n') : lineNumber;
        counted = offset;
    }

    private static string Collapsed(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var blank = c is ' ' or '\t' or '\n' or '\r' or '\f' or '\u00a0';
            if (!blank || result.Length == 0 || result[^1] != ' ')
            {
                result.Append(blank ? ' ' : c);
            }
        }

        return result.ToString();
    }
}
