using DurableEngine;
using DurableEngine.Backends.Sqlite;
using DurableEngine.History;
using Microsoft.Data.Sqlite;
using Sidecar.Resources;

namespace Sidecar;

/// <summary>The folder with everything that must survive; one sidecar at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream guard;

    private DataFolder(string path, FileStream guard)
    {
        Path = path;
        this.guard = guard;
    }

    public string Path { get; }

    /// <exception cref="ConfigurationException">The folder cannot be used, or another sidecar uses it.</exception>
    public static DataFolder Open(string path)
    {
        var file = System.IO.Path.Combine(path, "sidecar.lock");
        try
        {
            Directory.CreateDirectory(path);
            return new DataFolder(path, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"--data {path} cannot be used, perhaps because another sidecar does: {error.Message}");
        }
    }

    /// <exception cref="ConfigurationException">The workflows cannot be read.</exception>
    public WorkflowEngine OpenEngine(TimeProvider clock, Action<Exception> onCommitFailed, Action<InstanceKey, Exception> onReadFailed)
    {
        var file = System.IO.Path.Combine(Path, "workflows.db");
        try
        {
            return new WorkflowEngine(new SqliteInstanceStore(file), clock, onCommitFailed, onReadFailed);
        }
        catch (Exception error) when (error is SqliteException or IOException or InvalidDataException)
        {
            throw new ConfigurationException($"{file} cannot be read: {error.Message}");
        }
    }

    public void Dispose() => guard.Dispose();
}
