using System.Diagnostics;

namespace Launcher;

/// <summary>
/// One started program: its output goes to a log file (and, when asked, to the console with a prefix); it is stopped gently, then firmly.
/// </summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(10);
    private readonly Process _process;
    private readonly LogFile _log;

    private ServiceProcess(string name, Process process, LogFile log)
    {
        Name = name;
        _process = process;
        _log = log;
    }

    /// <summary>Name shown to people: app id and replica.</summary>
    public string Name { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Stopped by a signal (SIGSTOP); known on Linux only, false elsewhere.</summary>
    public bool IsSuspended
    {
        get
        {
            try
            {
                // The state follows the name, which is in parentheses and may hold any character.
                var status = OperatingSystem.IsLinux() ? File.ReadAllText($"/proc/{Id}/stat") : "";
                var state = status.LastIndexOf(')') + 2;
                return state < status.Length && status[state] == 'T';
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a program.</summary>
    /// <param name="name">Name shown to people.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="folder">Working folder.</param>
    /// <param name="environment">Variables added to the launcher's own.</param>
    /// <param name="logFile">Where its output is appended.</param>
    /// <param name="echo">Gets every line as well; null for none.</param>
    /// <exception cref="LaunchException">The program cannot be started.</exception>
    public static ServiceProcess Start(
        string name,
        IReadOnlyList<string> command,
        string folder,
        IReadOnlyDictionary<string, string> environment,
        string logFile,
        Action<string>? echo)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        var log = new LogFile(logFile);
        try
        {
            var process = Process.Start(start) ?? throw new LaunchException($"{name}: {command[0]} did not start");
            process.StandardInput.Close();
            var service = new ServiceProcess(name, process, log);
            process.OutputDataReceived += (_, line) => service.Write(line.Data, echo);
            process.ErrorDataReceived += (_, line) => service.Write(line.Data, echo);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return service;
        }
        catch (Exception problem) when (problem is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            log.Dispose();
            throw new LaunchException($"{name}: cannot start '{command[0]}' in {folder}: {problem.Message}");
        }
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Ends the program at once (SIGKILL).</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>Asks the program to end (SIGTERM) and ends it when it does not within 10 s.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited)
        {
            return;
        }

        Signals.Terminate(_process.Id);
        using var patience = new CancellationTokenSource(DrainTime);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _log.Dispose();
        _process.Dispose();
    }

    private void Write(string? line, Action<string>? echo)
    {
        if (line is not null)
        {
            _log.Line(line);
            echo?.Invoke($"[{Name}] {line}");
        }
    }
}
