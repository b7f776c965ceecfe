using System.Globalization;
using Orchestration.Client;
using Orchestration.Contracts;

namespace Launcher;

/// <summary>The whole product on one machine: the sidecar and every app of the run file, supervised until stopped.</summary>
internal sealed class LocalSystem : IAsyncDisposable
{
    // All programs start at once, and a machine with few processors that is busy with others needs minutes for that. It is twice what a
    // single program has for its first answer: one that was ended for its silence can still come up at the second try.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(240);
    private readonly Layout _layout;
    private readonly RunFile _runFile;
    private readonly string _data;
    private readonly Keys _keys;
    private readonly string _sidecarToken = Keys.NewSecret("");
    private readonly string _appToken = Keys.NewSecret("");
    private readonly Action<string> _report;
    private readonly Action<string>? _echo;
    private readonly HttpClient _probe = new() { Timeout = TimeSpan.FromSeconds(1) };
    private readonly CancellationTokenSource _stopping;
    private readonly Ports _ports = new();
    private readonly List<Supervisor> _supervisors = [];
    private readonly List<(string AppId, string EnvironmentFile)> _byHand = [];
    private Task _running = Task.CompletedTask;

    /// <param name="layout">Where things are.</param>
    /// <param name="runFile">The programs.</param>
    /// <param name="data">Folder for data and logs.</param>
    /// <param name="report">Gets what a person should know, a line at a time.</param>
    /// <param name="echo">Gets every log line with its program's name; null for none.</param>
    /// <param name="stopping">Stops everything.</param>
    public LocalSystem(Layout layout, RunFile runFile, string data, Action<string> report, Action<string>? echo, CancellationToken stopping)
    {
        _layout = layout;
        _runFile = runFile;
        _data = data;
        _keys = Keys.LoadOrCreate(data);
        _report = report;
        _echo = echo;
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var door = runFile.Apps.FirstOrDefault(app => app.AppID == "orchestrator")
            ?? throw new LaunchException($"{layout.RunFile}: no app with appID 'orchestrator'");
        runFile.AssignPorts(_ports);
        Address = new Uri($"http://127.0.0.1:{door.DaprGRPCPort.ToString(CultureInfo.InvariantCulture)}");
        Client = new OrchestrationClient(
            new OrchestrationClientOptions { Address = Address, ApiKey = _keys.Admin, DaprApiToken = _sidecarToken });
    }

    /// <summary>Calls the system as its local administrator.</summary>
    public OrchestrationClient Client { get; }

    /// <summary>gRPC address of the orchestrator's sidecar.</summary>
    public Uri Address { get; }

    public string AdminKey => _keys.Admin;

    public IReadOnlyList<Supervisor> Programs => _supervisors;

    /// <summary>Apps that are left to a person to start, each with the file that holds its environment.</summary>
    public IReadOnlyList<(string AppId, string EnvironmentFile)> ByHand => _byHand;

    /// <summary>Leaves the way into this system for the command line; <see cref="DisposeAsync"/> removes it.</summary>
    public string WriteConnection()
    {
        var path = Path.Combine(_data, ConnectionFile.Name);
        new ConnectionFile(Address, AdminKey, _sidecarToken).Write(path);
        return path;
    }

    /// <summary>Starts everything and returns when it is ready for work.</summary>
    /// <exception cref="LaunchException">A program does not come up; the message names it and its log.</exception>
    public async Task<SystemStatus> StartAsync(CancellationToken cancellationToken)
    {
        Leftovers.End(_data, _report);
        var resolved = Path.Combine(_data, "run.yaml");
        _runFile.Save(resolved);
        var first = _runFile.Apps[0];
        Supervise("sidecar", SidecarCommand(resolved), Path.GetDirectoryName(_layout.RunFile)!, SidecarEnvironment(),
            $"http://127.0.0.1:{first.DaprHTTPPort}/v1.0/healthz/outbound");
        foreach (var group in _runFile.Apps.GroupBy(app => app.AppID))
        {
            var replica = 0;
            foreach (var app in group)
            {
                var name = group.Count() == 1 ? app.AppID : $"{app.AppID}-{++replica}";
                if (app.Command.Count > 0)
                {
                    Supervise(name, _layout.Command(app), app.AppDirPath, AppEnvironment(app),
                        $"http://127.0.0.1:{app.HealthPort}/healthz/live");
                }
                else
                {
                    _byHand.Add((app.AppID, WriteEnvironment(name, app)));
                }
            }
        }

        _running = Task.WhenAll(_supervisors.Select(supervisor => supervisor.RunAsync(_stopping.Token)));
        return await WaitUntilReadyAsync(cancellationToken);
    }

    /// <summary>Completes with the reason when a program cannot be kept running.</summary>
    public async Task<string> FailedAsync() => await await Task.WhenAny(_supervisors.Select(supervisor => supervisor.Hopeless));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _stopping.CancelAsync();
        await _running;
        File.Delete(Path.Combine(_data, ConnectionFile.Name));
        _ports.Dispose();
        _probe.Dispose();
        _stopping.Dispose();
    }

    private void Supervise(
        string name, IReadOnlyList<string> command, string folder, Dictionary<string, string> environment, string liveness)
    {
        var log = Path.Combine(_data, "logs", name + ".log");
        _supervisors.Add(new Supervisor(name, () => Start(name, command, folder, environment, log), new Uri(liveness), _probe, _report));
    }

    /// <summary>Starts a program and notes its process id where an operator finds it: <c>logs/name.pid</c>.</summary>
    private ServiceProcess Start(
        string name, IReadOnlyList<string> command, string folder, Dictionary<string, string> environment, string log)
    {
        var process = ServiceProcess.Start(name, command, folder, environment, log, _echo);
        try
        {
            File.WriteAllText(Path.ChangeExtension(log, ".pid"), Text(process.Id));
            return process;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            process.Kill();
            throw new LaunchException($"{log}: {problem.Message}");
        }
    }

    /// <summary>
    /// The sidecar reads the folders that the file names; what they have under <c>local</c> replaces components of the same name.
    /// </summary>
    private List<string> SidecarCommand(string runFile)
    {
        List<string> command = ["dotnet", _layout.Program("Sidecar"), "--run-file", runFile, "--data", _data];
        string?[] shared = [_runFile.Common.ResourcesPath, .. _runFile.Common.ResourcesPaths];
        foreach (var local in shared.OfType<string>().Select(folder => Path.Combine(folder, "local")).Where(Directory.Exists))
        {
            command.AddRange(["--resources-path", local]);
        }

        return command;
    }

    /// <summary>What an agent needs to know; whose keys are accepted is none of it.</summary>
    private string WriteEnvironment(string name, RunFileApp app)
    {
        var path = Path.Combine(_data, "apps", name + ".env");
        EnvironmentFile.Write(
            path, AppEnvironment(app)
                .Where(entry => entry.Key != Leftovers.DataVariable && !entry.Key.StartsWith("Access__", StringComparison.Ordinal)));
        return path;
    }

    private Dictionary<string, string> SidecarEnvironment() => new()
    {
        ["DAPR_API_TOKEN"] = _sidecarToken,
        ["APP_API_TOKEN"] = _appToken,
        [Leftovers.DataVariable] = _data,
    };

    private Dictionary<string, string> AppEnvironment(RunFileApp app)
    {
        var environment = new Dictionary<string, string>(_runFile.Common.Env);
        foreach (var (key, value) in app.Env)
        {
            environment[key] = value;
        }

        environment["APP_ID"] = app.AppID;
        environment["APP_PORT"] = Text(app.AppPort);
        environment["HEALTH_PORT"] = Text(app.HealthPort);
        environment["DAPR_HTTP_PORT"] = Text(app.DaprHTTPPort);
        environment["DAPR_GRPC_PORT"] = Text(app.DaprGRPCPort);
        environment["DAPR_API_TOKEN"] = _sidecarToken;
        environment["APP_API_TOKEN"] = _appToken;
        environment[Leftovers.DataVariable] = _data;
        environment["DATA_DIR"] = Path.Combine(_data, app.AppID);
        environment["Agent__ApiKey"] = _keys.Agent;
        foreach (var (key, value) in _keys.AccessConfiguration())
        {
            environment[key] = value;
        }

        return environment;
    }

    private async Task<SystemStatus> WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StartPatience);
        var failed = FailedAsync();
        var missing = "nothing answered";
        while (true)
        {
            if (failed.IsCompleted)
            {
                throw new LaunchException($"{await failed}; see {Path.Combine(_data, "logs")}");
            }

            (var status, missing) = await Readiness.AskAsync(_probe, Client, _runFile, patience.Token);
            if (status is not null)
            {
                return status;
            }

            if (patience.IsCancellationRequested)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new LaunchException(
                    $"not ready after {StartPatience.TotalSeconds:0} s: {missing}; see {Path.Combine(_data, "logs")}");
            }

            await Task.WhenAny(failed, Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None));
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
