using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sidecar.Resources;

/// <summary>A start-up error in a file a person wrote: names the file, the line and the field.</summary>
public sealed class ConfigurationException(string message) : Exception(message);

/// <summary>A mapping in a YAML file that knows where it stands.</summary>
internal sealed class YamlMap(YamlMappingNode node, string file, string path)
{
    public static IEnumerable<YamlMap> ReadDocuments(string file)
    {
        var stream = new YamlStream();
        try
        {
            using var text = System.IO.File.OpenText(file);
            stream.Load(text);
        }
        catch (YamlException error)
        {
            throw new ConfigurationException($"{file}({error.Start.Line}): {error.Message}");
        }

        foreach (var document in stream.Documents)
        {
            if (document.RootNode is YamlMappingNode root)
            {
                yield return new YamlMap(root, file, "");
            }
        }
    }

    public string File => file;

    public IEnumerable<string> Keys => node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    public string? Text(string name) => Get(name) switch
    {
        null => null,
        YamlScalarNode scalar => scalar.Value is "" or null or "~" or "null" && scalar.Style == ScalarStyle.Plain ? null : scalar.Value,
        _ => throw Problem(name, "must be a single value"),
    };

    public string RequiredText(string name) => Text(name) is { Length: > 0 } text ? text : throw Problem(name, "is missing");

    public bool Flag(string name) => Text(name) is { } text && IsTrue(text);

    public int? Number(string name) => Text(name) is not { } text
        ? null
        : int.TryParse(text, out var number) ? number : throw Problem(name, $"must be a whole number, not '{text}'");

    public YamlMap? Map(string name) => Get(name) switch
    {
        null or YamlScalarNode { Value: "" or null } => null,
        YamlMappingNode map => new YamlMap(map, file, Path(name)),
        _ => throw Problem(name, "must be a mapping"),
    };

    public YamlMap RequiredMap(string name) => Map(name) ?? throw Problem(name, "is missing");

    public IReadOnlyList<YamlMap> Maps(string name) =>
        [.. Items(name).Select((item, i) => item as YamlMappingNode is { } map
            ? new YamlMap(map, file, $"{Path(name)}[{i}]")
            : throw Problem($"{name}[{i}]", "must be a mapping"))];

    public IReadOnlyList<string> Texts(string name) =>
        [.. Items(name).Select((item, i) => (item as YamlScalarNode)?.Value ?? throw Problem($"{name}[{i}]", "must be a single value"))];

    /// <summary>A mapping of single values.</summary>
    public IReadOnlyDictionary<string, string> Pairs(string name)
    {
        var map = Map(name);
        return map is null ? new Dictionary<string, string>() : map.Keys.ToDictionary(key => key, key => map.Text(key) ?? "");
    }

    public ConfigurationException Problem(string name, string message)
    {
        var line = Get(name)?.Start.Line ?? node.Start.Line;
        return new ConfigurationException($"{file}({line}): {Path(name)} {message}");
    }

    /// <summary>What daprd takes for true.</summary>
    public static bool IsTrue(string text) => text.ToLowerInvariant() is "y" or "yes" or "true" or "t" or "on" or "1";

    private IEnumerable<YamlNode> Items(string name) => Get(name) switch
    {
        null or YamlScalarNode { Value: "" or null } => [],
        YamlSequenceNode sequence => sequence.Children,
        _ => throw Problem(name, "must be a list"),
    };

    private string Path(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private YamlNode? Get(string name) => node.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value : null;
}
