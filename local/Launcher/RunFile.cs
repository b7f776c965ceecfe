using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Launcher;

/// <summary>A Dapr multi-app run file: which programs make up the system.</summary>
internal sealed class RunFile
{
    public int Version { get; set; } = 1;

    public RunFileDefaults Common { get; set; } = new();

    public List<RunFileApp> Apps { get; set; } = [];

    /// <summary>
    /// Reads a run file. Paths become absolute: those of <c>common</c> and <c>appDirPath</c> start at the file, those of an app at
    /// its <c>appDirPath</c>, as in the official command line.
    /// </summary>
    /// <exception cref="LaunchException">The file cannot be read; the message names file and place.</exception>
    public static RunFile Load(string path)
    {
        try
        {
            var file = Yaml().Deserialize<RunFile>(File.ReadAllText(path)) ?? new RunFile();
            file.Check(path);
            file.Resolve(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return file;
        }
        catch (YamlException problem)
        {
            throw new LaunchException($"{path}:{problem.Start.Line}:{problem.Start.Column}: {Reason(problem)}");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new LaunchException($"{path}: {problem.Message}");
        }
    }

    /// <summary>Gives every app its ports: the stated ones where they are to be had, others otherwise.</summary>
    public void AssignPorts(Ports ports)
    {
        foreach (var app in Apps)
        {
            app.AppPort = ports.Take(app.AppPort);
            app.DaprHTTPPort = ports.Take(app.DaprHTTPPort);
            app.DaprGRPCPort = ports.Take(app.DaprGRPCPort);
            app.HealthPort = ports.Take(0);
        }
    }

    /// <summary>Writes the file with everything filled in, for the sidecar.</summary>
    public void Save(string path)
    {
        var serializer = new SerializerBuilder().WithNamingConvention(NullNamingConvention.Instance)
            .ConfigureDefaultValuesHandling(
                DefaultValuesHandling.OmitDefaults | DefaultValuesHandling.OmitNull | DefaultValuesHandling.OmitEmptyCollections)
            .WithTypeInspector(inner => new CamelCaseExceptAcronyms(inner))
            .Build();
        File.WriteAllText(path, serializer.Serialize(this));
    }

    private static IDeserializer Yaml() => new DeserializerBuilder()
        .WithTypeInspector(inner => new CamelCaseExceptAcronyms(inner)).IgnoreUnmatchedProperties().Build();

    /// <summary>YamlDotNet writes the places, which are known already, in front of what is wrong.</summary>
    private static string Reason(YamlException problem)
    {
        var innermost = problem.GetBaseException().Message;
        var end = innermost.StartsWith("(Line:", StringComparison.Ordinal) ? innermost.IndexOf("): ", StringComparison.Ordinal) : -1;
        return end < 0 ? innermost : innermost[(end + "): ".Length)..];
    }

    private void Check(string path)
    {
        if (Apps.Count == 0)
        {
            throw new LaunchException($"{path}: at least one app is needed");
        }

        for (var index = 0; index < Apps.Count; index++)
        {
            if (Apps[index].AppID.Length == 0)
            {
                throw new LaunchException($"{path}: apps[{index}].appID is missing");
            }
        }
    }

    private void Resolve(string folder)
    {
        Common.ResourcesPath ??= Common.ResourcesPaths.Count == 0 && Directory.Exists(Path.Combine(folder, "components"))
            ? "components"
            : null;
        Common.Resolve(folder);
        foreach (var app in Apps)
        {
            app.AppDirPath = Path.GetFullPath(app.AppDirPath, folder);
            app.Resolve(app.AppDirPath);
        }
    }
}

/// <summary>What can be said for all apps and for one.</summary>
internal abstract class RunFilePart
{
    public string? ResourcesPath { get; set; }

    public List<string> ResourcesPaths { get; set; } = [];

    public string? ConfigFilePath { get; set; }

    public Dictionary<string, string> Env { get; set; } = [];

    public void Resolve(string folder)
    {
        ResourcesPath = ResourcesPath is { } path ? Path.GetFullPath(path, folder) : null;
        ResourcesPaths = [.. ResourcesPaths.Select(one => Path.GetFullPath(one, folder))];
        ConfigFilePath = ConfigFilePath is { } file ? Path.GetFullPath(file, folder) : null;
    }
}

/// <summary>What holds for every app of the file.</summary>
internal sealed class RunFileDefaults : RunFilePart
{
    public string? AppProtocol { get; set; }
}

/// <summary>One program. Two entries with one app id are two replicas; one without a command is started by hand.</summary>
internal sealed class RunFileApp : RunFilePart
{
    public string AppID { get; set; } = "";

    public string AppDirPath { get; set; } = ".";

    public List<string> Command { get; set; } = [];

    public int AppPort { get; set; }

    public string? AppProtocol { get; set; }

    public string? AppChannelAddress { get; set; }

    public string? MaxBodySize { get; set; }

    public int DaprHTTPPort { get; set; }

    public int DaprGRPCPort { get; set; }

    /// <summary>Port of the app's own probes; not a key of the file.</summary>
    [YamlIgnore]
    public int HealthPort { get; set; }
}
