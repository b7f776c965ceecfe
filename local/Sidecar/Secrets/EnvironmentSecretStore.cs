using System.Collections;

namespace Sidecar.Secrets;

/// <summary>Secrets of the sidecar's environment; its own tokens are not among them.</summary>
internal sealed class EnvironmentSecretStore(string prefix) : ISecretStore
{
    public IReadOnlyDictionary<string, string> Get(string name) =>
        IsAllowed(prefix + name) && Environment.GetEnvironmentVariable(prefix + name) is { } value
            ? new Dictionary<string, string> { [name] = value }
            : new Dictionary<string, string>();

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> All() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => ((string)entry.Key, Value: (string?)entry.Value ?? ""))
            .Where(entry => entry.Item1.StartsWith(prefix, StringComparison.Ordinal) && IsAllowed(entry.Item1))
            .ToDictionary(
                entry => entry.Item1[prefix.Length..],
                IReadOnlyDictionary<string, string> (entry) =>
                    new Dictionary<string, string> { [entry.Item1[prefix.Length..]] = entry.Value });

    private static bool IsAllowed(string variable) =>
        variable != "APP_API_TOKEN" && !variable.StartsWith("DAPR_", StringComparison.OrdinalIgnoreCase)
            && !variable.Contains(' ', StringComparison.Ordinal);
}
