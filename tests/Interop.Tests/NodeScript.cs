using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Interop.Tests;

/// <summary>A script of the js folder in a process of its own. It tells JSON documents, one per line, and hears lines.</summary>
internal sealed class NodeScript : IAsyncDisposable
{
    private const string Mark = "> ";

    // Only a failing test waits that long.
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(5);

    private static readonly string Folder = Path.Combine(FindRoot(), "tests", "Interop.Tests", "js");

    private readonly ConcurrentQueue<string> said = new();
    private readonly Process process;

    private NodeScript(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
    }

    private static readonly string? Node = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node")).FirstOrDefault(File.Exists);

    /// <summary>Why scripts cannot be run here; null when they can.</summary>
    public static string? Missing { get; } =
        Node is null ? "node is not installed"
        : !Directory.Exists(Path.Combine(Folder, "node_modules")) ? $"the npm packages are not installed; run 'npm ci' in {Folder}"
        : null;

    /// <summary>Skips a test that cannot be run here. Fixtures start nothing then: what they throw would be a failure.</summary>
    public static T Needed<T>(T fixture)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        return fixture;
    }

    public static NodeScript Start(string script, params IEnumerable<object> arguments)
    {
        var start = new ProcessStartInfo(Node ?? throw new InvalidOperationException(Missing))
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(script);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        }

        // A proxy of the environment is not for the loopback.
        start.Environment["no_proxy"] = "*";
        return new NodeScript(Process.Start(start)!);
    }

    /// <summary>The next document the script tells.</summary>
    public async Task<JsonObject> ReadAsync()
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        enough.CancelAfter(Enough);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(enough.Token) is { } line)
            {
                if (line.StartsWith(Mark, StringComparison.Ordinal))
                {
                    TestContext.Current.TestOutputHelper?.WriteLine(line);
                    return (JsonObject)JsonNode.Parse(line[Mark.Length..])!;
                }

                said.Enqueue(line);
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            said.Enqueue($"nothing more within {Enough}");
        }

        throw new InvalidOperationException($"the script told no result:{Environment.NewLine}{string.Join(Environment.NewLine, said)}");
    }

    public async Task TellAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Directory.Build.props")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }
}
