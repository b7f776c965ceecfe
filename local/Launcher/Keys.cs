using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orchestration.Client;

namespace Launcher;

/// <summary>The secrets of one local system: made at the first start, kept in its data folder, readable by its owner only.</summary>
/// <param name="Admin">API key of the person in front of the machine.</param>
/// <param name="Agent">API key of the agent services.</param>
internal sealed record Keys(string Admin, string Agent)
{
    /// <exception cref="LaunchException">There is a file, and it cannot be used.</exception>
    public static Keys LoadOrCreate(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "keys.json");
        if (File.Exists(path) && Read(path) is { Admin.Length: > 0, Agent.Length: > 0 } kept)
        {
            return kept;
        }

        var keys = new Keys(NewSecret("oak_"), NewSecret("oag_"));
        OwnFile.Write(path, file => JsonSerializer.Serialize(file, keys));
        return keys;
    }

    public static string NewSecret(string prefix) => prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    /// <summary>The configuration by which a service knows these keys: hashes, never the keys themselves.</summary>
    public IEnumerable<KeyValuePair<string, string>> AccessConfiguration() =>
    [
        .. ApiKey(0, "local-admin", Admin, "admin"),
        .. ApiKey(1, "local-agents", Agent, "agent"),
    ];

    private static Keys? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Keys>(File.ReadAllText(path));
        }
        catch (JsonException problem)
        {
            throw new LaunchException($"{InputException.NotJson(path, problem).Message}; delete the file to have new keys made");
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> ApiKey(int index, string name, string key, string role) =>
    [
        new($"Access__ApiKeys__{index}__Name", name),
        new($"Access__ApiKeys__{index}__Hash", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))),
        new($"Access__ApiKeys__{index}__Tenant", "default"),
        new($"Access__ApiKeys__{index}__Roles__0", role),
    ];
}
