namespace Orchestration.Hosting.Identity;

/// <summary>Who makes a call. The tenant of everything a call touches is the caller's and comes from nowhere else.</summary>
/// <param name="Name">Name of the key, for logs and the audit trail.</param>
/// <param name="Tenant">Tenant the caller belongs to.</param>
/// <param name="Roles">Its roles with all that they imply.</param>
public sealed record Caller(string Name, string Tenant, Roles Roles)
{
    /// <summary>True when the caller has the role, directly or implied.</summary>
    public bool Has(Roles role) => (Roles & role) == role;
}
