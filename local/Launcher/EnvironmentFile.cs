using Orchestration.Client;

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
        OwnFile.Write(path, file =>
        {
            using var lines = new StreamWriter(file, leaveOpen: true);
            foreach (var (name, value) in environment)
            {
                lines.WriteLine($"{name}='{value.Replace("'", "'\\''", StringComparison.Ordinal)}'");
            }
        });
    }
}
