using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;

namespace DocumentAgents.Reading;

/// <summary>
/// Writes every text and attribute of a tree as a line with its path. Costs what the tree has, however its names are chosen.
/// </summary>
internal sealed class XmlLines(DocumentSource source)
{
    private const int MaxPath = 2_000;
    private const int MaxName = 200;
    private readonly LineCollector lines = new(source);
    private readonly Dictionary<XNamespace, string> prefixes = [];

    public ImmutableArray<TextLine> Of(XDocument document)
    {
        if (document.Root is { } root)
        {
            Add(root, "/" + NameOf(root));
        }

        return lines.Lines;
    }

    private void Add(XElement element, string path)
    {
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
        {
            var name = Short(attribute.Name.LocalName);
            lines.Add(new($"@{name}: {attribute.Value}", new("xpath", $"{path}/@{name}")));
        }

        var counts = element.Elements().GroupBy(child => child.Name).ToDictionary(group => group.Key, group => group.Count());
        var seen = new Dictionary<XName, int>();
        foreach (var node in element.Nodes())
        {
            if (node is XText text && !string.IsNullOrWhiteSpace(text.Value))
            {
                lines.Add(new($"{Short(element.Name.LocalName)}: {text.Value.Trim()}", new("xpath", path)));
            }
            else if (node is XElement child)
            {
                seen[child.Name] = seen.GetValueOrDefault(child.Name) + 1;
                var index = counts[child.Name] == 1 ? "" : $"[{seen[child.Name].ToString(CultureInfo.InvariantCulture)}]";
                Add(child, path.Length > MaxPath ? path : $"{path}/{NameOf(child)}{index}");
            }
        }
    }

    private string NameOf(XElement element)
    {
        if (!prefixes.TryGetValue(element.Name.Namespace, out var prefix))
        {
            var found = element.Name.Namespace == XNamespace.None ? null : element.GetPrefixOfNamespace(element.Name.Namespace);
            prefix = string.IsNullOrEmpty(found) ? "" : Short(found) + ":";
            prefixes[element.Name.Namespace] = prefix;
        }

        return prefix + Short(element.Name.LocalName);
    }

    private static string Short(string name) => name.Length <= MaxName ? name : name[..MaxName];
}
