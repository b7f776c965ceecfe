using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace DocumentAgents.Reading;

/// <summary>Where a value stands in its document, so that a person can find it again.</summary>
/// <param name="Kind">One of <c>line</c>, <c>page</c>, <c>xpath</c>, <c>json</c>, <c>cell</c>, <c>paragraph</c>, <c>table</c>,
/// <c>header</c>.</param>
/// <param name="Value">The position, e.g. <c>12</c>, <c>12, column 3</c>, <c>2, line 7</c>, <c>/Invoice/cbc:ID</c>,
/// <c>$.invoice.number</c>, <c>Sheet1!B4</c>.</param>
internal sealed record Place(string Kind, string Value)
{
    public static Place Line(int line) => new("line", Invariant(line));

    public static Place Line(int line, int column) => new("line", $"{Invariant(line)}, column {Invariant(column)}");

    public static Place PageLine(int page, int line) => new("page", $"{Invariant(page)}, line {Invariant(line)}");

    public static Place Json(string path) => new("json", path);

    public static Place Paragraph(int paragraph) => new("paragraph", Invariant(paragraph));

    public static Place Header(string name) => new("header", name);

    /// <param name="row">One-based.</param>
    /// <param name="column">Zero-based.</param>
    public static Place Cell(string sheet, int row, int column) => new("cell", $"{sheet}!{ColumnName(column)}{Invariant(row)}");

    public static Place TableCell(string table, int row, int column) =>
        new("table", $"{table}, row {Invariant(row)}, column {Invariant(column + 1)}");

    /// <summary>
    /// The path of an element or attribute, with prefixes as the document writes them and an index where siblings share a name.
    /// </summary>
    public static Place XPath(XObject node)
    {
        var steps = new Stack<string>();
        if (node is XAttribute attribute)
        {
            steps.Push("@" + NameOf(attribute.Name, attribute.Parent));
        }

        for (var element = node as XElement ?? node.Parent; element is not null; element = element.Parent)
        {
            steps.Push(NameOf(element.Name, element) + IndexOf(element));
        }

        return new("xpath", "/" + string.Join('/', steps));
    }

    /// <summary>The line a parsed XML node began on.</summary>
    public static Place LineOf(IXmlLineInfo node) => Line(node.LineNumber, node.LinePosition);

    public override string ToString() => $"{Kind} {Value}";

    private static string NameOf(XName name, XElement? scope)
    {
        var prefix = name.Namespace == XNamespace.None ? null : scope?.GetPrefixOfNamespace(name.Namespace);
        return string.IsNullOrEmpty(prefix) ? name.LocalName : $"{prefix}:{name.LocalName}";
    }

    private static string IndexOf(XElement element)
    {
        if (element.Parent is null || element.Parent.Elements(element.Name).Take(2).Count() == 1)
        {
            return "";
        }

        return $"[{Invariant(element.ElementsBeforeSelf(element.Name).Count() + 1)}]";
    }

    private static string ColumnName(int column)
    {
        var name = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        {
            name = (char)('A' + (rest - 1) % 26) + name;
        }

        return name;
    }

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
