using System.Globalization;

namespace Testing;

/// <summary>An app of a development sidecar, as a test describes it.</summary>
/// <param name="AppId">Its Dapr app id.</param>
/// <param name="AppPort">Where it listens; 0 when it only calls.</param>
/// <param name="Protocol">What it speaks there.</param>
public sealed record TestApp(string AppId, int AppPort = 0, string Protocol = "grpc")
{
    public int HttpPort { get; } = FreePort.Next();

    public int GrpcPort { get; } = FreePort.Next();

    public Uri GrpcAddress => new($"http://127.0.0.1:{GrpcPort}");

    public Uri HttpAddress => new($"http://127.0.0.1:{HttpPort}");
}

/// <summary>A folder with a run file, components and data, as a development sidecar uses it.</summary>
public sealed class SidecarFolder : IDisposable
{
    /// <summary>The component that workflows need.</summary>
    public const string StateStore = """
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: statestore }
        spec:
          type: state.sqlite
          version: v1
          metadata:
            - { name: connectionString, value: state.db }
            - { name: actorStateStore, value: "true" }
        """;

    /// <summary>The same store for all apps.</summary>
    public const string Blobs = """
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: blobs }
        spec:
          type: state.sqlite
          version: v1
          metadata:
            - { name: connectionString, value: state.db }
            - { name: keyPrefix, value: name }
        """;

    /// <summary>A broker that keeps what is published.</summary>
    public const string PubSub = """
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: pubsub }
        spec:
          type: pubsub.sqlite
          version: v1
          metadata:
            - { name: connectionString, value: pubsub.db }
        """;

    private readonly IReadOnlyList<TestApp> _apps;

    /// <param name="apps">Whose sidecar it is.</param>
    /// <param name="components">Documents of YAML.</param>
    public SidecarFolder(IReadOnlyList<TestApp> apps, string components)
    {
        _apps = apps;
        FullPath = Directory.CreateTempSubdirectory("sidecar-test-").FullName;
        WriteComponents(components);
    }

    public string FullPath { get; }

    /// <summary>What the sidecar is started with.</summary>
    public string[] Arguments => ["--run-file", Path.Combine(FullPath, "dapr.yaml"), "--data", Path.Combine(FullPath, "data")];

    /// <param name="components">Documents of YAML, in place of what there is.</param>
    public void WriteComponents(string components) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(FullPath, "components")).FullName, "all.yaml"), components);

    /// <summary>Writes the run file.</summary>
    /// <param name="environment">What it gives every app; the sidecar takes its tokens from there.</param>
    public void WriteRunFile(IReadOnlyDictionary<string, string>? environment = null) => File.WriteAllText(
        Path.Combine(FullPath, "dapr.yaml"),
        "version: 1\ncommon:\n  resourcesPath: components\n  env:\n    NONE: \"\"\n"
        + string.Concat((environment ?? new Dictionary<string, string>()).Select(item => $"    {item.Key}: {item.Value}\n"))
        + "apps:\n" + string.Concat(_apps.Select(app => string.Create(
            CultureInfo.InvariantCulture,
            $"""
              - appID: {app.AppId}
                appPort: {app.AppPort}
                appProtocol: {app.Protocol}
                daprHTTPPort: {app.HttpPort}
                daprGRPCPort: {app.GrpcPort}

            """))));

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
