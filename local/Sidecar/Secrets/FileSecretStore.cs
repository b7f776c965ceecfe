using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.Resources;

namespace Sidecar.Secrets;

/// <summary>Secrets of a JSON file, read once. Nested objects become names joined by the separator.</summary>
internal sealed class FileSecretStore : ISecretStore
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> secrets = [];

    public FileSecretStore(Component component)
    {
        var path = Path.GetFullPath(component.Required("secretsFile"), Path.GetDirectoryName(component.File)!);
        var separator = component["nestedSeparator"] is { Length: > 0 } given ? given : ":";
        try
        {
            var root = JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw component.Problem($"{path} must hold a JSON object");
            if (component.Flag("multiValued"))
            {
                AddGroups(root);
            }
            else
            {
                AddFlat(root, "", separator);
            }
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            throw component.Problem($"secretsFile {path} cannot be read: {error.Message}");
        }
    }

    public IReadOnlyDictionary<string, string> Get(string name) => secrets.GetValueOrDefault(name) ?? new Dictionary<string, string>();

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> All() => secrets;

    private void AddFlat(JsonNode? node, string name, string separator)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (key, value) in map)
                {
                    AddFlat(value, name.Length == 0 ? key : name + separator + key, separator);
                }

                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    AddFlat(list[i], $"{name}{separator}{i}", separator);
                }

                break;
            default:
                secrets[name] = new Dictionary<string, string> { [name] = node?.ToString() ?? "" };
                break;
        }
    }

    private void AddGroups(JsonObject root)
    {
        foreach (var (name, value) in root)
        {
            secrets[name] = value is JsonObject group
                ? group.ToDictionary(item => item.Key, item => item.Value?.ToString() ?? "")
                : new Dictionary<string, string> { [name] = value?.ToString() ?? "" };
        }
    }
}
