using System.Diagnostics;
using System.Globalization;

namespace Launcher;

/// <summary>
/// Programs of an earlier launcher that was killed and could not stop them. They would write into the same files, so they are
/// ended before anything is started. A program is known by its noted process id and by the data folder in its environment.
/// </summary>
internal static class Leftovers
{
    /// <summary>Variable every program gets: whose it is.</summary>
    public const string DataVariable = "LAUNCHER_DATA";

    public static void End(string data, Action<string> report)
    {
        var logs = Path.Combine(data, "logs");
        foreach (var note in Directory.Exists(logs) ? Directory.EnumerateFiles(logs, "*.pid") : [])
        {
            if (int.TryParse(File.ReadAllText(note), CultureInfo.InvariantCulture, out var processId) && BelongsTo(processId, data))
            {
                report($"{Path.GetFileNameWithoutExtension(note)} (pid {processId}) is left over from a launcher that was killed; ending it");
                EndProcess(processId);
            }

            File.Delete(note);
        }
    }

    private static bool BelongsTo(int processId, string data)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/environ").Split('\0')
                .Contains($"{DataVariable}={data}");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void EndProcess(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException)
        {
            // It ended by itself meanwhile.
        }
    }
}
