namespace Sidecar.RunFiles;

/// <summary>How the sidecar talks to an app.</summary>
internal enum AppProtocol
{
    Http,
    H2c,
    Grpc,
}

/// <summary>
/// One app of the run file and the ports of its sidecar. Two entries with one id are two replicas. An app port of 0 means
/// that the app takes no calls.
/// </summary>
internal sealed record AppEntry(string AppId, int AppPort, AppProtocol Protocol, int HttpPort, int GrpcPort)
{
    public const int DefaultMaxBodySize = 4 * 1024 * 1024;

    /// <summary>Where the app listens.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Largest message in bytes, in both directions.</summary>
    public int MaxBodySize { get; init; } = DefaultMaxBodySize;

    /// <summary>Folders with components that this entry names itself.</summary>
    public IReadOnlyList<string> ResourcesPaths { get; init; } = [];

    public string? AppToken { get; init; }
    public string? ApiToken { get; init; }
}
