using System.Diagnostics;

namespace Local.Tests.Sidecars;

/// <summary>A sidecar in a process of its own, to be killed.</summary>
internal sealed class SidecarProcess : IDisposable
{
    private readonly Process process;

    private SidecarProcess(Process process, string lastLine)
    {
        this.process = process;
        LastLine = lastLine;
    }

    /// <summary>The line by which it said that it is ready.</summary>
    public string LastLine { get; }

    public static async Task<SidecarProcess> StartAsync(RunningSidecar layout)
    {
        layout.WriteRunFile();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Sidecar.dll"));
        foreach (var argument in layout.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var ready = new TaskCompletionSource<string>();
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Application started", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult(line.Data);
            }
        };
        process.ErrorDataReceived += (_, _) => { };
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("the sidecar ended before it was ready"));
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new SidecarProcess(process, await ready.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>SIGKILL: no handler runs, no buffer is flushed.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
