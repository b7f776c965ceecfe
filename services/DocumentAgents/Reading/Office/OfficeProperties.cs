using System.Collections.Immutable;

namespace DocumentAgents.Reading.Office;

/// <summary>Title, author and dates out of <c>docProps/core.xml</c>.</summary>
internal static class OfficeProperties
{
    private static readonly (string Local, string Name)[] Wanted =
        [("title", "title"), ("creator", "author"), ("subject", "subject"), ("description", "description"), ("created", "created"), (
            "modified", "modified")];

    public static ImmutableDictionary<string, string> Read(OfficeArchive archive, DocumentSource source)
    {
        var properties = ImmutableDictionary<string, string>.Empty;
        if (archive.Read("docProps/core.xml") is not { } part)
        {
            return properties;
        }

        var root = SafeXml.Parse(SafeXml.Decode(part).Text, source).Root;
        foreach (var (local, name) in Wanted)
        {
            var value = root?.Elements().FirstOrDefault(element => element.Name.LocalName == local)?.Value.Trim();
            properties = string.IsNullOrEmpty(value) ? properties : properties.SetItem(name, value);
        }

        return properties;
    }
}
