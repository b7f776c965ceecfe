namespace Orchestration.Hosting.Identity;

/// <summary>The form of a tenant's name: it becomes a part of storage keys.</summary>
public static class TenantName
{
    /// <summary>1 to 64 letters, digits, '-', '_' and '.', not starting with a dot.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= 64 && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
