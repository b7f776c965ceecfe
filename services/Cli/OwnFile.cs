using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Orchestration.Client;

namespace Cli;

/// <summary>
/// A file that was found and not named. It may have been planted by whoever can write to a folder above the working one, so it is used
/// only when it belongs to this user and nobody else can open it.
/// </summary>
internal static partial class OwnFile
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Opens it for reading; what was looked at is what is read.</summary>
    /// <exception cref="InputException">It cannot be read, or may be somebody else's.</exception>
    public static FileStream Open(string path)
    {
        FileStream file;
        try
        {
            file = File.OpenRead(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {problem.Message}");
        }

        if (IsOwn(file.SafeFileHandle))
        {
            return file;
        }

        file.Dispose();
        throw new InputException($"{path}: it belongs to another user, or others can open it (it should have mode 0600); to use it all the same, name it with --connection");
    }

    private static bool IsOwn(SafeFileHandle file) =>
        OperatingSystem.IsWindows()
        || ((File.GetUnixFileMode(file) & Others) == 0 && (!OperatingSystem.IsLinux() || OwnerOf(file) == EffectiveUser()));

    // .NET has no call that tells the owner of a file; this one is laid out alike on every processor.
    private static uint? OwnerOf(SafeFileHandle file)
    {
        const int EmptyPath = 0x1000;
        const uint WantsOwner = 0x8;
        return Stat(file, "", EmptyPath, WantsOwner, out var status) == 0 ? status.Owner : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(SafeFileHandle folder, string path, int flags, uint mask, out FileStatus status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    /// <summary>The kernel's struct statx.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(20)]
        public uint Owner;
    }
}
