using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Launcher;

/// <summary>.NET has no call that asks another process to end.</summary>
internal static partial class Signals
{
    private const int SigTerm = 15;

    public static void Terminate(int processId)
    {
        if (OperatingSystem.IsWindows())
        {
            using var process = Process.GetProcessById(processId);
            process.Kill();
            return;
        }

        _ = Kill(processId, SigTerm);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
