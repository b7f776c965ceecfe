using System.Runtime.InteropServices;

namespace Launcher;

/// <summary>Tells files from pipes, sockets and devices, which may keep a reader waiting for ever.</summary>
internal static partial class RegularFile
{
    private const int WorkingFolder = -100;
    private const int NoFollow = 0x100;
    private const uint WantsType = 0x1;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>True for a file, and where it cannot be told; false for a link.</summary>
    public static bool Is(string path) =>
        !File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint)
        && (!OperatingSystem.IsLinux() || Stat(WorkingFolder, path, NoFollow, WantsType, out var status) != 0 || (status.Mode & TypeMask) == Regular);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(int folder, string path, int flags, uint mask, out FileStatus status);

    /// <summary>The kernel's struct statx, laid out alike on every processor.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(28)]
        public ushort Mode;
    }
}
