namespace Load;

/// <summary>What a process prints when it can be used.</summary>
internal static class Readiness
{
    public const string Line = "ready";

    /// <summary>What the sidecar prints.</summary>
    public const string Sidecar = "Application started";
}
