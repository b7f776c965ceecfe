using System.Net;
using System.Net.Sockets;
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

    /// <summary>Reads a run file and gives every app the ports it does not state, or whose stated ones are taken.</summary>
    /// <exception cref="LaunchException">The file cannot be read; the message names file and place.</exception>
    public static RunFile Load(string path)
    {
        try
        {
            var file = Yaml().Deserialize<RunFile>(File.ReadAllText(path)) ?? new RunFile();
            file.Check(path);
            return file;
        }
        catch (YamlException problem)
        {
            throw new LaunchException($"{path}({problem.Start.Line},{problem.Start.Column}): {problem.InnerException?.Message ?? problem.Message}");
        }
    }

    /// <summary>Fills in the ports, all different and free at this moment.</summary>
    public void AssignPorts()
    {
        var taken = new HashSet<int>();
        foreach (var app in Apps)
        {
            app.AppPort = FreePort(app.AppPort, taken);
            app.DaprHTTPPort = FreePort(app.DaprHTTPPort, taken);
            app.DaprGRPCPort = FreePort(app.DaprGRPCPort, taken);
            app.HealthPort = FreePort(0, taken);
        }
    }

    /// <summary>Writes the file with everything filled in, for the sidecar.</summary>
    public void Save(string path)
    {
        var serializer = new SerializerBuilder().WithNamingConvention(NullNamingConvention.Instance)
            .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitDefaults | DefaultValuesHandling.OmitNull | DefaultValuesHandling.OmitEmptyCollections)
            .WithTypeInspector(inner => new CamelCaseExceptAcronyms(inner))
            .Build();
        File.WriteAllText(path, serializer.Serialize(this));
    }

    private static IDeserializer Yaml() => new DeserializerBuilder()
        .WithTypeInspector(inner => new CamelCaseExceptAcronyms(inner)).IgnoreUnmatchedProperties().Build();

    private void Check(string path)
    {
        if (Apps.Count == 0)
        {
            throw new LaunchException($"{path}: apps: at least one app is needed");
        }

        for (var index = 0; index < Apps.Count; index++)
        {
            if (Apps[index].AppID.Length == 0)
            {
                throw new LaunchException($"{path}: apps[{index}].appID is missing");
            }

            if (Apps[index].Command.Count == 0)
            {
                throw new LaunchException($"{path}: apps[{index}].command is missing; give the program and its arguments as a list");
            }
        }
    }

    /// <summary>The wanted port, or another below those the system hands out for outgoing connections.</summary>
    private static int FreePort(int wanted, HashSet<int> taken)
    {
        var port = wanted;
        while (port == 0 || !taken.Add(port) || !IsFree(port))
        {
            port = Random.Shared.Next(20_000, 32_000);
        }

        return port;
    }

    private static bool IsFree(int port) => CanListen(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanListen(IPAddress.IPv6Loopback, port));

    private static bool CanListen(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException problem)
        {
            return problem.SocketErrorCode == SocketError.AddressNotAvailable;
        }
    }
}

/// <summary>What holds for every app of the file.</summary>
internal sealed class RunFileDefaults
{
    public string? ResourcesPath { get; set; }

    public List<string> ResourcesPaths { get; set; } = [];

    public string? ConfigFilePath { get; set; }

    public Dictionary<string, string> Env { get; set; } = [];
}

/// <summary>One program. Two entries with one app id are two replicas.</summary>
internal sealed class RunFileApp
{
    public string AppID { get; set; } = "";

    public string AppDirPath { get; set; } = ".";

    public List<string> Command { get; set; } = [];

    public Dictionary<string, string> Env { get; set; } = [];

    public int AppPort { get; set; }

    public string? AppProtocol { get; set; }

    public int DaprHTTPPort { get; set; }

    public int DaprGRPCPort { get; set; }

    public string? ResourcesPath { get; set; }

    public List<string> ResourcesPaths { get; set; } = [];

    public string? ConfigFilePath { get; set; }

    /// <summary>Port of the app's own probes; not a key of the file.</summary>
    [YamlIgnore]
    public int HealthPort { get; set; }
}
