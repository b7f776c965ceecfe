using System.Globalization;
using Sidecar.Resources;

namespace Sidecar.RunFiles;

/// <summary>A dapr.yaml multi-app run file; keys the sidecar has no use for are left to whoever starts the apps.</summary>
internal sealed record RunFile(IReadOnlyList<AppEntry> Apps, IReadOnlyList<string> ResourcesPaths)
{
    public static RunFile Read(string file)
    {
        if (!File.Exists(file))
        {
            throw new ConfigurationException($"{file}: the run file does not exist");
        }

        var root = YamlMap.ReadDocuments(file).FirstOrDefault() ?? throw new ConfigurationException($"{file}: the run file is empty");
        var common = root.Map("common");
        var apps = root.Maps("apps").Select(app => ReadApp(app, common)).ToArray();
        if (apps.Length == 0)
        {
            throw root.Problem("apps", "names no app");
        }

        var taken = apps.SelectMany(app => new[] { app.HttpPort, app.GrpcPort }).Where(port => port != 0)
            .GroupBy(port => port).FirstOrDefault(group => group.Count() > 1);
        return taken is null
            ? new RunFile(apps, common is null ? [] : ReadPaths(common))
            : throw new ConfigurationException($"{file}: port {taken.Key} is given more than once");
    }

    /// <summary>
    /// The folders to read, later ones over earlier ones. A run file that was copied elsewhere may name folders that are
    /// not beside the copy: that is an error only if nothing else is given.
    /// </summary>
    public IReadOnlyList<string> ResourceFolders(IReadOnlyList<string> overlays)
    {
        var own = ResourcesPaths.Concat(Apps.SelectMany(app => app.ResourcesPaths))
            .Where(path => overlays.Count == 0 || Directory.Exists(path));
        return [.. own, .. overlays.Select(Path.GetFullPath)];
    }

    private static AppEntry ReadApp(YamlMap app, YamlMap? common)
    {
        var env = Merge(common?.Pairs("env"), app.Pairs("env"));
        return new AppEntry(
            app.RequiredText("appID"),
            ReadPort(app, "appPort") ?? 0,
            ReadProtocol(app, app.Text("appProtocol") ?? common?.Text("appProtocol")),
            ReadPort(app, "daprHTTPPort") ?? throw app.Problem("daprHTTPPort", "is missing"),
            ReadPort(app, "daprGRPCPort") ?? throw app.Problem("daprGRPCPort", "is missing"))
        {
            Host = app.Text("appChannelAddress") ?? common?.Text("appChannelAddress") ?? "127.0.0.1",
            MaxBodySize = ReadSize(app, app.Text("maxBodySize") ?? common?.Text("maxBodySize")),
            ResourcesPaths = ReadPaths(app),
            AppToken = env.GetValueOrDefault("APP_API_TOKEN"),
            ApiToken = env.GetValueOrDefault("DAPR_API_TOKEN"),
        };
    }

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string>? common, IReadOnlyDictionary<string, string> own)
    {
        var merged = new Dictionary<string, string>(common ?? new Dictionary<string, string>());
        foreach (var (name, value) in own)
        {
            merged[name] = value;
        }

        return merged;
    }

    private static int? ReadPort(YamlMap app, string name) => app.Number(name) is not { } port
        ? null
        : port is >= 0 and <= 65535 ? port : throw app.Problem(name, $"must be a port, not {port}");

    private static AppProtocol ReadProtocol(YamlMap app, string? text) => text switch
    {
        null or "http" => AppProtocol.Http,
        "h2c" => AppProtocol.H2c,
        "grpc" => AppProtocol.Grpc,
        _ => throw app.Problem("appProtocol", $"must be http, h2c or grpc, not '{text}'"),
    };

    private static string[] ReadPaths(YamlMap map)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(map.File))!;
        string?[] paths = [map.Text("resourcesPath"), .. map.Texts("resourcesPaths")];
        return [.. paths.OfType<string>().Select(path => Path.GetFullPath(path, folder))];
    }

    /// <summary>Kubernetes quantities: 4Mi, 512Ki, 16M, plain bytes.</summary>
    private static int ReadSize(YamlMap app, string? text)
    {
        if (text is null)
        {
            return AppEntry.DefaultMaxBodySize;
        }

        (string Unit, long Factor)[] units =
            [("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("k", 1_000), ("M", 1_000_000), ("G", 1_000_000_000), ("", 1)];
        var (unit, factor) = units.First(one => text.EndsWith(one.Unit, StringComparison.Ordinal));
        var bytes = long.TryParse(text[..^unit.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number * factor
            : 0;
        return bytes is > 0 and <= int.MaxValue
            ? (int)bytes
            : throw app.Problem("maxBodySize", $"must be a size like 4Mi, not '{text}'");
    }
}
