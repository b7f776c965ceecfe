using System.Globalization;
using Dapr.Workflow;
using Dapr.Workflow.Registration;
using Testing;

namespace Load;

/// <summary>The system under test: sidecar, worker and agent as processes of their own, with data in a new folder.</summary>
internal sealed class Target : IAsyncDisposable
{
    /// <summary>What is on disk before anything is acknowledged.</summary>
    public const string Durability = "SQLite, WAL, synchronous=FULL, group commit";

    private readonly TestApp _app = new("worker");
    private readonly SidecarFolder _folder;
    private readonly Dictionary<string, string> _environment = [];
    private readonly Dictionary<string, MeasuredProcess> _processes = [];

    private Target()
    {
        _folder = new SidecarFolder([_app], SidecarFolder.StateStore);
        Client = new DaprWorkflowClientBuilder().UseGrpcEndpoint(_app.GrpcAddress.ToString()).Build();
    }

    public DaprWorkflowClient Client { get; }

    public int AgentPort { get; } = FreePort.Next();

    public IEnumerable<MeasuredProcess> Processes => _processes.Values;

    public static async Task<Target> StartAsync()
    {
        var target = new Target();
        target._environment["AGENT_PORT"] = Text(target.AgentPort);
        target._environment["DAPR_GRPC_PORT"] = Text(target._app.GrpcPort);
        target._environment["DAPR_HTTP_PORT"] = Text(target._app.HttpPort);
        target._folder.WriteRunFile();
        foreach (var name in (string[])["sidecar", "agent", "worker"])
        {
            await target.StartAsync(name);
        }

        return target;
    }

    /// <summary>Ends a process without warning and starts it again.</summary>
    public async Task KillAndRestartAsync(string name)
    {
        await _processes[name].KillAsync();
        _processes[name].Dispose();
        await StartAsync(name);
    }

    public MeasuredProcess Process(string name) => _processes[name];

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        foreach (var process in _processes.Values)
        {
            process.Dispose();
        }

        _folder.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task StartAsync(string name)
    {
        var own = typeof(Target).Assembly.Location;
        var sidecar = Path.GetFullPath(
            Path.Combine(AppContext.BaseDirectory, "..", "..", "Sidecar", new DirectoryInfo(AppContext.BaseDirectory).Name, "Sidecar.dll"));
        _processes[name] = name == "sidecar"
            ? await MeasuredProcess.StartAsync(
                name, sidecar, _folder.Arguments, _environment, Readiness.Sidecar)
            : await MeasuredProcess.StartAsync(name, own, [name], _environment, Readiness.Line);
    }
}
