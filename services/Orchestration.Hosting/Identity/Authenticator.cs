using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Orchestration.Hosting.Identity;

/// <summary>Turns the <c>authorization</c> of a request into a caller.</summary>
public sealed class Authenticator
{
    private const string Scheme = "Bearer ";

    // Looked up by the hash of what was presented, so a comparison's duration tells nothing about a key.
    private readonly FrozenDictionary<string, Caller> callers;

    /// <summary>Reads the keys once; changed keys take a restart.</summary>
    public Authenticator(IOptions<AccessOptions> options) =>
        callers = options.Value.ApiKeys.ToFrozenDictionary(
            key => key.Hash.ToLowerInvariant(),
            key => new Caller(key.Name, key.Tenant, RoleNames.Expand(key.Roles)));

    /// <summary>The caller, or null when the value is missing or not one of the keys.</summary>
    /// <param name="authorization">Value of the header: <c>Bearer key</c>.</param>
    public Caller? Authenticate(string? authorization) =>
        authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true
            ? callers.GetValueOrDefault(HashOf(authorization[Scheme.Length..].Trim()))
            : null;

    /// <summary>The hash under which a key stands in the configuration: SHA-256, lower-case hex.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
