using System.Diagnostics;
using System.Globalization;

namespace Load;

/// <summary>A process of the system under test, and what it has used so far.</summary>
internal sealed class MeasuredProcess : IDisposable
{
    private const double TicksPerSecond = 100;
    private const int UserTime = 11;
    private const int SystemTime = 12;

    private readonly Process _process;

    private MeasuredProcess(string name, Process process)
    {
        Name = name;
        _process = process;
    }

    public string Name { get; }

    /// <summary>CPU seconds since its start.</summary>
    public double CpuSeconds
    {
        get
        {
            var stat = Read("stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (Number(fields[UserTime]) + Number(fields[SystemTime])) / TicksPerSecond;
        }
    }

    /// <summary>Bytes it had the kernel write since its start.</summary>
    public long BytesWritten => Field("io", "write_bytes:");

    /// <summary>Bytes of memory in use.</summary>
    public long Memory => Field("status", "VmRSS:") * 1024;

    /// <summary>Most bytes of memory it ever used.</summary>
    public long PeakMemory => Field("status", "VmHWM:") * 1024;

    /// <summary>Starts a program and waits until it says that it is ready.</summary>
    public static async Task<MeasuredProcess> StartAsync(
        string name, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string readiness)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains(readiness, StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
            {
                Console.Error.WriteLine($"{name}: {text}");
            }
        };
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"{name} ended before it was ready"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ready.Task;
        return new MeasuredProcess(name, process);
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private string Read(string file) => File.ReadAllText($"/proc/{_process.Id}/{file}");

    private long Field(string file, string name)
    {
        var line = Read(file).Split('\n').First(line => line.StartsWith(name, StringComparison.Ordinal));
        return Number(line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[0]);
    }
}
