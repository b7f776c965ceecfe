namespace Orchestration.AgentHost;

internal static class AgentName
{
    /// <summary>The name, when it has the form that ids of agents, skills and capabilities have.</summary>
    public static string Checked(string name, string what) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? name
            : throw new ArgumentException($"'{name}' is no {what}: 1 to 64 letters, digits, '-', '_' and '.'.", nameof(name));
}
