using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;

namespace DocumentAgents.Reading;

/// <summary>XML as a tree, and every text and attribute of it as a line with its path.</summary>
internal static class XmlDocumentReader
{
    public static DocumentContent Read(DocumentSource source)
    {
        var decoded = SafeXml.Decode(source.Bytes.Span);
        var document = SafeXml.Parse(decoded.Text, source);
        return new()
        {
            Format = DocumentFormat.Xml,
            MediaType = "application/xml",
            Xml = document,
            Lines = LinesOf(document, source),
            Properties = ImmutableDictionary<string, string>.Empty.Add("encoding", decoded.Encoding),
        };
    }

    public static ImmutableArray<TextLine> LinesOf(XDocument document, DocumentSource source)
    {
        var lines = ImmutableArray.CreateBuilder<TextLine>();
        if (document.Root is { } root)
        {
            Add(root, "/" + NameOf(root), lines, source);
        }

        return lines.ToImmutable();
    }

    private static void Add(XElement element, string path, ImmutableArray<TextLine>.Builder lines, DocumentSource source)
    {
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
        {
            AddLine(lines, $"@{attribute.Name.LocalName}: {attribute.Value}", $"{path}/@{attribute.Name.LocalName}", source);
        }

        var counts = element.Elements().GroupBy(child => child.Name).ToDictionary(group => group.Key, group => group.Count());
        var seen = new Dictionary<XName, int>();
        foreach (var node in element.Nodes())
        {
            if (node is XText text && !string.IsNullOrWhiteSpace(text.Value))
            {
                AddLine(lines, $"{element.Name.LocalName}: {text.Value.Trim()}", path, source);
            }
            else if (node is XElement child)
            {
                seen[child.Name] = seen.GetValueOrDefault(child.Name) + 1;
                var index = counts[child.Name] == 1 ? "" : $"[{seen[child.Name].ToString(CultureInfo.InvariantCulture)}]";
                Add(child, $"{path}/{NameOf(child)}{index}", lines, source);
            }
        }
    }

    private static void AddLine(ImmutableArray<TextLine>.Builder lines, string text, string path, DocumentSource source)
    {
        if (lines.Count >= source.Limits.MaxLines)
        {
            throw ReadException.Limit($"more than {source.Limits.MaxLines} values");
        }

        lines.Add(new(text, new("xpath", path)));
    }

    private static string NameOf(XElement element)
    {
        var prefix = element.Name.Namespace == XNamespace.None ? null : element.GetPrefixOfNamespace(element.Name.Namespace);
        return string.IsNullOrEmpty(prefix) ? element.Name.LocalName : $"{prefix}:{element.Name.LocalName}";
    }
}
