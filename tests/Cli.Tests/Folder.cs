namespace Cli.Tests;

/// <summary>A folder of one test.</summary>
internal sealed class Folder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("orchestration-").FullName;

    public string this[string name] => Path.Combine(FullPath, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
