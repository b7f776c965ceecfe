using System.Text;

namespace Launcher;

/// <summary>
/// What a program writes, in a file that does not grow for ever: a full one is kept as <c>name.1.log</c>, the one before it is
/// dropped. A line that cannot be written is lost; it must not end the system.
/// </summary>
internal sealed class LogFile : IDisposable
{
    /// <summary>Bytes of one file; a program has at most two.</summary>
    public const long DefaultLimit = 16 << 20;

    private readonly Lock _writing = new();
    private readonly string _path;
    private readonly long _limit;
    private FileStream? _file;
    private bool _isDisposed;

    public LogFile(string path, long limit = DefaultLimit)
    {
        _path = path;
        _limit = limit;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = Open();
    }

    public void Line(string text)
    {
        lock (_writing)
        {
            if (_isDisposed)
            {
                return;
            }

            try
            {
                Write(Encoding.UTF8.GetBytes(text + '\n'));
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // A full disk is reported by the programs that need it.
            }
        }
    }

    public void Dispose()
    {
        lock (_writing)
        {
            _isDisposed = true;
            _file?.Dispose();
        }
    }

    private void Write(byte[] line)
    {
        if (_file is { Length: > 0 } full && full.Length + line.Length > _limit)
        {
            _file = null;
            full.Dispose();
            File.Move(_path, Path.ChangeExtension(_path, ".1.log"), overwrite: true);
        }

        _file ??= Open();
        _file.Write(line);
        _file.Flush();
    }

    private FileStream Open() => new(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
}
