using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Orchestration.Client;

/// <summary>Files with secrets: nobody but their owner can open them.</summary>
internal static partial class OwnFile
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>
    /// Opens a file that was found and not named, for reading; what was looked at is what is read. It may have been planted by whoever can
    /// write to a folder above the working one, so it must belong to this user alone.
    /// </summary>
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
        throw new InputException(
            $"{path}: it belongs to another user, or others can open it (it should have mode 0600); to use it all the same, name it with --connection");
    }

    /// <summary>Writes a file. Readers see the old one or the new one, never a part.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content, and leaves the stream open.</param>
    public static void Write(string path, Action<Stream> write)
    {
        var unfinished = path + ".new";
        File.Delete(unfinished);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(unfinished, options))
        {
            write(file);

            // The new name must not reach the disk before the content does: a power cut would leave an empty file.
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    private static bool IsOwn(SafeFileHandle file) =>
        OperatingSystem.IsWindows()
        || ((File.GetUnixFileMode(file) & Others) == 0 && (!OperatingSystem.IsLinux() || FileStatus.Of(file)?.Owner == EffectiveUser()));

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
