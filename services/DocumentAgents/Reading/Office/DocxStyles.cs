using System.Collections.Frozen;
using System.Xml.Linq;

namespace DocumentAgents.Reading.Office;

/// <summary>Which paragraph styles are titles and headings, whatever language their ids are in.</summary>
internal sealed class DocxStyles(FrozenDictionary<string, string> roles)
{
    public static DocxStyles Read(OfficeArchive archive, DocumentSource source)
    {
        var roles = new Dictionary<string, string>();
        if (archive.Read("word/styles.xml") is { } part)
        {
            var root = SafeXml.Parse(SafeXml.Decode(part).Text, source).Root!;
            foreach (var style in root.Elements(Word.Style))
            {
                var name = style.Element(Word.Name)?.Attribute(Word.Value)?.Value.ToLowerInvariant();
                if (style.Attribute(Word.StyleId)?.Value is { } id
                    && (name is "title" || name?.StartsWith("heading ", StringComparison.Ordinal) == true))
                {
                    roles[id] = name;
                }
            }
        }

        return new(roles.ToFrozenDictionary());
    }

    public string? RoleOf(XElement paragraph) =>
        paragraph.Element(Word.ParagraphProperties)?.Element(Word.ParagraphStyle)?.Attribute(Word.Value)?.Value is { } id
            ? roles.GetValueOrDefault(id)
            : null;
}
