using System.ComponentModel.DataAnnotations;

namespace Orchestration.Hosting.Identity;

/// <summary>Who may call. Without any key nobody may.</summary>
public sealed class AccessOptions : IValidatableObject
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Access";

    /// <summary>The keys; only their hashes are stored.</summary>
    public IList<ApiKeyOptions> ApiKeys { get; } = [];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < ApiKeys.Count; i++)
        {
            foreach (var problem in ApiKeys[i].Problems())
            {
                yield return new ValidationResult($"Access:ApiKeys:{i}: {problem}");
            }
        }

        foreach (var name in ApiKeys.GroupBy(k => k.Name).Where(g => g.Count() > 1))
        {
            yield return new ValidationResult($"Access:ApiKeys: the name '{name.Key}' is used twice");
        }

        foreach (var hash in ApiKeys.GroupBy(k => k.Hash, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            yield return new ValidationResult($"Access:ApiKeys: '{hash.First().Name}' and '{hash.Last().Name}' have the same key");
        }
    }
}

/// <summary>One key.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>Who holds it; shown in logs and the audit trail.</summary>
    public string Name { get; set; } = "";

    /// <summary>SHA-256 of the key's UTF-8 bytes, 64 hex digits.</summary>
    public string Hash { get; set; } = "";

    /// <summary>Tenant of the caller: letters, digits, '-', '_' and '.', at most 64 characters.</summary>
    public string Tenant { get; set; } = "";

    /// <summary>Roles: viewer, operator, reviewer, admin, agent.</summary>
    public IList<string> Roles { get; } = [];

    internal IEnumerable<string> Problems()
    {
        if (Name.Length == 0)
        {
            yield return "the name is missing";
        }

        if (Hash.Length != 64 || !Hash.All(char.IsAsciiHexDigit))
        {
            yield return "the hash must be 64 hex digits (SHA-256 of the key)";
        }

        if (!TenantName.IsValid(Tenant))
        {
            yield return $"'{Tenant}' is no tenant name";
        }

        if (Roles.Count == 0)
        {
            yield return "it has no role";
        }

        foreach (var role in Roles.Where(role => !RoleNames.IsKnown(role)))
        {
            yield return $"'{role}' is no role";
        }
    }
}
