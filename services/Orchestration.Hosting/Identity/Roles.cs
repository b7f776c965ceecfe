using System.Collections.Frozen;

namespace Orchestration.Hosting.Identity;

/// <summary>What a caller may do. Operators and reviewers may also view; administrators may do all but act as an agent.</summary>
[Flags]
public enum Roles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Reads plans, runs and agents.</summary>
    Viewer = 1,

    /// <summary>Registers plans, starts and steers runs.</summary>
    Operator = 2,

    /// <summary>Decides reviews.</summary>
    Reviewer = 4,

    /// <summary>Everything a person may do.</summary>
    Admin = 8,

    /// <summary>A process of agents: registers itself.</summary>
    Agent = 16,
}

internal static class RoleNames
{
    private static readonly FrozenDictionary<string, Roles> ByName = new Dictionary<string, Roles>
    {
        ["viewer"] = Roles.Viewer,
        ["operator"] = Roles.Operator | Roles.Viewer,
        ["reviewer"] = Roles.Reviewer | Roles.Viewer,
        ["admin"] = Roles.Admin | Roles.Viewer | Roles.Operator | Roles.Reviewer,
        ["agent"] = Roles.Agent,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static bool IsKnown(string name) => ByName.ContainsKey(name);

    /// <summary>The roles with all that they imply.</summary>
    public static Roles Expand(IEnumerable<string> names) => names.Aggregate(Roles.None, (roles, name) => roles | ByName[name]);
}
