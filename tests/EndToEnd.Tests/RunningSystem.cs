using System.Diagnostics;
using System.Globalization;
using System.Text;
using Orchestration.Client;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>The whole system as a person starts it with <c>--keep</c>, in processes of its own.</summary>
internal sealed class RunningSystem : IAsyncDisposable
{
    private const int ShownLines = 60;

    // Only a failing test waits that long.
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(5);

    private readonly Process _launcher;
    private readonly OrchestrationClientOptions _options;
    private readonly StringBuilder _output;
    private bool _done;

    private RunningSystem(Process launcher, string data, StringBuilder output, OrchestrationClientOptions options)
    {
        _launcher = launcher;
        _output = output;
        _options = options;
        Data = data;
        Client = new OrchestrationClient(options);
    }

    /// <summary>Folder of its data, logs and keys.</summary>
    public string Data { get; }

    public OrchestrationClient Client { get; }

    /// <summary>File by which the command line finds this system.</summary>
    public string ConnectionFile => Path.Combine(Data, "connection.json");

    /// <param name="runFile">Run file below the root; the product with the test agents otherwise.</param>
    public static async Task<RunningSystem> StartAsync(string runFile = "tests/EndToEnd.Tests/run.yaml")
    {
        var data = Directory.CreateTempSubdirectory("orchestration-").FullName;
        var start = new ProcessStartInfo(
            "dotnet", [Paths.Launcher, "--run-file", Path.Combine(Paths.Root, runFile), "--data", data, "--keep", "--no-job"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var output = new StringBuilder();
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var launcher = new Process { StartInfo = start, EnableRaisingEvents = true };
        launcher.OutputDataReceived += (_, line) => Note(output, up, line.Data);
        launcher.ErrorDataReceived += (_, line) => Note(output, up, line.Data);
        launcher.Exited += (_, _) => up.TrySetException(new InvalidOperationException($"The launcher ended.\n{Text(output)}"));
        launcher.Start();
        launcher.BeginOutputReadLine();
        launcher.BeginErrorReadLine();
        try
        {
            await up.Task.WaitAsync(Enough, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            launcher.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"The launcher does not get ready.\n{Text(output)}");
        }

        var connection = Orchestration.Client.ConnectionFile.Read(Path.Combine(data, Orchestration.Client.ConnectionFile.Name));
        var options = new OrchestrationClientOptions
            { Address = connection.Address, ApiKey = connection.ApiKey, DaprApiToken = connection.DaprApiToken };
        return new RunningSystem(launcher, data, output, options);
    }

    /// <summary>The test has seen what it wanted. Without this the ends of the programs' logs are shown when it is over.</summary>
    public void Done() => _done = true;

    /// <summary>Somebody else calling the same system.</summary>
    public OrchestrationClient ClientWith(string apiKey) => new(_options with { ApiKey = apiKey });

    /// <summary>Ends a program at once, without warning; the launcher starts it again. One that is down already stays so.</summary>
    public void Kill(string program) => Signal(program, "-KILL");

    /// <summary>Freezes a program: it keeps its connections and answers nothing.</summary>
    public void Freeze(string program) => Signal(program, "-STOP");

    /// <summary>Ids of the programs the launcher has started.</summary>
    public IReadOnlyList<int> ProcessIds() =>
        [.. Directory.EnumerateFiles(Path.Combine(Data, "logs"), "*.pid")
            .Select(note => int.Parse(File.ReadAllText(note), CultureInfo.InvariantCulture))];

    /// <summary>Id of the program's newest process.</summary>
    public string ProcessIdOf(string program) => File.ReadAllText(Path.Combine(Data, "logs", program + ".pid"));

    /// <summary>Waits until the launcher has started the program again.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="processId">Id of the process that is no more.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WhenAnotherRunsAsync(string program, string processId, CancellationToken cancellationToken)
    {
        using var written = new SemaphoreSlim(0);
        using var watcher = new FileSystemWatcher(Path.Combine(Data, "logs"), program + ".pid");
        watcher.Changed += (_, _) => written.Release();
        watcher.EnableRaisingEvents = true;
        while (ProcessIdOf(program) is var current && (current.Length == 0 || current == processId))
        {
            await written.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Which program a process is.</summary>
    public string ProgramOf(int processId) => Directory.EnumerateFiles(Path.Combine(Data, "logs"), "*.pid")
        .Where(note => File.ReadAllText(note) == processId.ToString(CultureInfo.InvariantCulture))
        .Select(note => Path.GetFileNameWithoutExtension(note))
        .Single();

    public Task KillLauncherAsync()
    {
        _launcher.Kill();
        return _launcher.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Asks the launcher to stop everything and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        if (!_launcher.HasExited)
        {
            using var stop = Process.Start("kill", ["-TERM", _launcher.Id.ToString(CultureInfo.InvariantCulture)]);
            await _launcher.WaitForExitAsync(CancellationToken.None);
        }

        return _launcher.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopAsync();

        TestContext.Current.TestOutputHelper?.WriteLine(Text(_output));
        if (!_done)
        {
            ShowLogs();
        }

        _launcher.Dispose();
        if (TestContext.Current.TestState?.Result != TestResult.Failed)
        {
            Remove(Data);
        }
    }

    private void ShowLogs()
    {
        foreach (var log in Directory.EnumerateFiles(Path.Combine(Data, "logs"), "*.log"))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"--- {Path.GetFileName(log)}");
            foreach (var line in File.ReadLines(log).TakeLast(ShownLines))
            {
                TestContext.Current.TestOutputHelper?.WriteLine(line);
            }
        }
    }

    // A program that ended this moment may still have put a file there; what is left behind is no failure of what was tested.
    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException problem)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{folder} is left behind: {problem.Message}");
        }
    }

    private void Signal(string program, string signal)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [signal, ProcessIdOf(program)]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }

    private static void Note(StringBuilder output, TaskCompletionSource up, string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }

        if (line?.StartsWith("Ctrl-C", StringComparison.Ordinal) == true)
        {
            up.TrySetResult();
        }
    }

    private static string Text(StringBuilder output)
    {
        lock (output)
        {
            return output.ToString();
        }
    }
}
