namespace Monitor.Tests.Databases;

internal sealed class TemporaryFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("monitor").FullName;

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
