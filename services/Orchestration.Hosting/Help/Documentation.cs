using System.Collections.Concurrent;
using System.Reflection;
using System.Xml;
using System.Xml.Linq;

namespace Orchestration.Hosting.Help;

/// <summary>What the documentation files that the compiler leaves beside the assemblies say of their members.</summary>
internal static class Documentation
{
    private static readonly ConcurrentDictionary<Assembly, ILookup<string, string>> Files = new();

    /// <summary>Summaries by the id of the member, for example <c>P:Name.Of.Type.Property</c>. The file is read once.</summary>
    public static ILookup<string, string> Of(Assembly assembly) =>
        Files.GetOrAdd(assembly, known => In(Path.ChangeExtension(known.Location, ".xml")));

    /// <summary>The same of one file; nothing when it is not there or cannot be read: help without meanings is better than none.</summary>
    public static ILookup<string, string> In(string file)
    {
        try
        {
            var members = File.Exists(file) ? XDocument.Load(file).Descendants("member") : [];
            return members.ToLookup(member => (string?)member.Attribute("name") ?? "", SummaryOf);
        }
        catch (Exception problem) when (problem is XmlException or IOException or UnauthorizedAccessException)
        {
            return Array.Empty<string>().ToLookup(name => name);
        }
    }

    private static string SummaryOf(XElement member) =>
        string.Join(' ', (member.Element("summary")?.Value ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
