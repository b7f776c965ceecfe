using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Orchestration.Client;

/// <summary>What Linux says of a file and .NET has no call for: the kernel's struct statx, laid out alike on every processor.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal partial struct FileStatus
{
    [FieldOffset(20)]
    private uint _owner;

    [FieldOffset(28)]
    private ushort _mode;

    private const int WorkingFolder = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint TypeAndOwner = 0x1 | 0x8;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>Id of the user it belongs to.</summary>
    public readonly uint Owner => _owner;

    /// <summary>False for a pipe, a socket, a device, a folder and a link.</summary>
    public readonly bool IsRegular => (_mode & TypeMask) == Regular;

    /// <summary>Null where it cannot be told.</summary>
    public static FileStatus? Of(SafeFileHandle file) => OperatingSystem.IsLinux()
        && Stat(file, "", EmptyPath, TypeAndOwner, out var status) == 0 ? status : null;

    /// <summary>Of a link, not of what it leads to. Null where it cannot be told.</summary>
    public static FileStatus? Of(string path) => OperatingSystem.IsLinux()
        && Stat(WorkingFolder, path, NoFollow, TypeAndOwner, out var status) == 0 ? status : null;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(SafeFileHandle file, string path, int flags, uint mask, out FileStatus status);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(int folder, string path, int flags, uint mask, out FileStatus status);
}
