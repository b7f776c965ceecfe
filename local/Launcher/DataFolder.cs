namespace Launcher;

/// <summary>The folder one running system owns. A lock file keeps a second launcher out of it.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;
    private readonly bool _temporary;

    private DataFolder(string path, bool temporary, FileStream @lock)
    {
        FullPath = path;
        _temporary = temporary;
        _lock = @lock;
    }

    public string FullPath { get; }

    /// <summary>Opens the folder.</summary>
    /// <param name="layout">Where things are.</param>
    /// <param name="path">The folder asked for; null takes one of its own for a single job, the kept one otherwise.</param>
    /// <param name="keep">True when the system stays up after its job, and finds its data again next time.</param>
    /// <exception cref="LaunchException">The folder cannot be written, or another launcher uses it.</exception>
    public static DataFolder Open(Layout layout, string? path, bool keep)
    {
        var temporary = path is null && !keep;
        var folder = path is not null ? Path.GetFullPath(path)
            : Path.Combine(layout.Root, "artifacts", "launcher", keep ? "data" : $"job-{Path.GetRandomFileName()[..8]}");
        if (File.Exists(folder))
        {
            throw new LaunchException($"--data {path}: it is a file, not a folder");
        }

        MakeFolder(folder);
        try
        {
            return new DataFolder(
                folder, temporary, new FileStream(
                    Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException problem)
        {
            throw Unusable(folder, problem);
        }
        catch (IOException)
        {
            throw new LaunchException($"{folder} is in use by another launcher; stop it, or name another folder with --data");
        }
    }

    /// <summary>Removes a folder that was made for one job.</summary>
    public void Clear()
    {
        if (_temporary)
        {
            _lock.Dispose();
            try
            {
                Directory.Delete(FullPath, recursive: true);
            }
            catch (IOException)
            {
                // The job is done; what could not be removed is in nobody's way.
            }
        }
    }

    public void Dispose() => _lock.Dispose();

    private static void MakeFolder(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                // Documents and results are nobody else's business.
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Unusable(folder, problem);
        }
    }

    private static LaunchException Unusable(string folder, Exception problem) =>
        new($"{folder} cannot be written: {problem.Message}; name another folder with --data");
}
