namespace Launcher;

/// <summary>
/// The environment of an app that a person starts by hand, for <c>set -a; . FILE; set +a</c> or a debugger. It holds keys: only its
/// owner can read it.
/// </summary>
internal static class EnvironmentFile
{
    public static void Write(string path, IEnumerable<KeyValuePair<string, string>> environment)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new StreamWriter(path, options);
        foreach (var (name, value) in environment)
        {
            file.WriteLine($"{name}='{value.Replace("'", "'\\''", StringComparison.Ordinal)}'");
        }
    }
}
