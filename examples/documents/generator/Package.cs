using System.IO.Compression;
using System.Security;
using System.Text;

namespace DocumentGenerator;

/// <summary>The ZIP archive of an office document, with the same bytes at every run.</summary>
internal static class Package
{
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static readonly DateTimeOffset Written = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    /// <param name="main">The part that is the document.</param>
    /// <param name="parts">Name, content type and XML of each part; all of them are related to the main one.</param>
    public static byte[] Write(string main, IReadOnlyList<(string Name, string ContentType, string Xml)> parts)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var types = string.Concat(parts.Select(part =>
                $"<Override PartName=\"/{part.Name}\" ContentType=\"application/vnd.openxmlformats-officedocument.{part.ContentType}+xml\"/>"));
            Add(archive, "[Content_Types].xml", $"""
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{types}</Types>
                """);
            Add(archive, "_rels/.rels", Relations([(main, "officeDocument", main)]));
            var folder = main[..main.LastIndexOf('/')];
            Add(archive, $"{folder}/_rels/{main[(folder.Length + 1)..]}.rels", Relations(parts
                .Where(part => part.Name != main)
                .Select((part, index) => ($"rId{index + 1}", KindOf(part.Name), part.Name[(folder.Length + 1)..]))));
            foreach (var part in parts)
            {
                Add(archive, part.Name, part.Xml);
            }
        }

        return bytes.ToArray();
    }

    public static string Escape(string text) => SecurityElement.Escape(text)!;

    private static string KindOf(string part) =>
        Path.GetFileNameWithoutExtension(part).TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') switch
    {
        "sheet" => "worksheet",
        var name => name,
    };

    private static string Relations(IEnumerable<(string Id, string Kind, string Target)> relations)
    {
        var items = relations.Select(relation =>
            $"<Relationship Id=\"{relation.Id.Replace('/', '_')}\" Type=\"{Relationships}/{relation.Kind}\" Target=\"{relation.Target}\"/>");
        return $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(items)}</Relationships>";
    }

    private static void Add(ZipArchive archive, string name, string xml)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Written;
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + xml));
    }
}
