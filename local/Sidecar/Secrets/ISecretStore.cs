namespace Sidecar.Secrets;

/// <summary>Where secrets come from. A secret is a set of named values; most have one, named like the secret.</summary>
internal interface ISecretStore
{
    /// <summary>Empty when there is no such secret.</summary>
    IReadOnlyDictionary<string, string> Get(string name);

    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> All();
}
