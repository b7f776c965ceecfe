namespace Orchestration.Client;

/// <summary>Tells files from pipes, sockets and devices, which may keep a reader waiting for ever.</summary>
internal static class RegularFile
{
    /// <summary>True for a file, and where it cannot be told; false for a link.</summary>
    public static bool Is(string path) => !File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint)
        && FileStatus.Of(path) is not { IsRegular: false };
}
