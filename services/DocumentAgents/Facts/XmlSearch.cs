using System.Xml.Linq;
using DocumentAgents.Reading;

namespace DocumentAgents.Facts;

/// <summary>Walks XML by local names: prefixes and versions of namespaces differ between dialects that mean the same.</summary>
internal static class XmlSearch
{
    public static XElement? Child(this XElement? parent, params ReadOnlySpan<string> path)
    {
        var current = parent;
        foreach (var name in path)
        {
            current = current?.Elements().FirstOrDefault(element => element.Name.LocalName == name);
        }

        return current;
    }

    public static IEnumerable<XElement> Children(this XElement? parent, string name) =>
        parent?.Elements().Where(element => element.Name.LocalName == name) ?? [];

    public static IEnumerable<XElement> Named(this XElement? ancestor, string name) =>
        ancestor?.Descendants().Where(element => element.Name.LocalName == name) ?? [];

    /// <summary>The text of an element, blanks collapsed; null when there is no element or no text.</summary>
    public static string? Text(this XElement? element)
    {
        var text = Words.Collapse(element?.Value);
        return text.Length == 0 ? null : text;
    }

    public static Place Place(this XElement element) => Reading.Place.XPath(element);
}
