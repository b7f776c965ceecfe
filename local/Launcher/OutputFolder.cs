namespace Launcher;

/// <summary>Where a job leaves its result.</summary>
internal static class OutputFolder
{
    /// <summary>Makes the folder and tries it, before any work is done for nothing.</summary>
    /// <exception cref="LaunchException">It cannot be made or written.</exception>
    public static string Prepare(string path)
    {
        try
        {
            var folder = Path.GetFullPath(path);
            Directory.CreateDirectory(folder);
            using var probe = new FileStream(
                Path.Combine(folder, $".{Path.GetRandomFileName()}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return folder;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new LaunchException($"--out {path}: it cannot be written: {problem.Message}");
        }
    }
}
