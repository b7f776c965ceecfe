using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EndToEnd.Tests;

/// <summary>A program on a pseudo terminal (<c>script</c> of util-linux): it redraws as for a person, and Ctrl-C is a key.</summary>
internal sealed partial class Terminal : IDisposable
{
    private readonly Process _script;
    private readonly StringBuilder _output = new();

    private Terminal(Process script) => _script = script;

    public string Output => _output.ToString();

    public static bool IsAvailable { get; } = File.Exists("/usr/bin/script");

    /// <param name="command">Program and arguments without characters that a shell would read.</param>
    public static Terminal Start(params string[] command)
    {
        // A test run in the background may have been told to ignore Ctrl-C, and what it starts with it.
        var line = $"stty cols 100 rows 40; exec env --default-signal=INT {string.Join(' ', command)}";
        return new Terminal(Process.Start(new ProcessStartInfo("script", ["-q", "-e", "-f", "-c", line, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
    }

    /// <summary>Reads until a text has appeared; false when the program ended without it.</summary>
    public async Task<bool> ReadUntilAsync(string text, CancellationToken cancellationToken)
    {
        var buffer = new char[4096];
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            var read = await _script.StandardOutput.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                return false;
            }

            _output.Append(buffer, 0, read);
        }

        return true;
    }

    public async Task PressCtrlCAsync()
    {
        await _script.StandardInput.WriteAsync('\u0003');
        await _script.StandardInput.FlushAsync();
    }

    /// <summary>Waits for the end and returns the program's exit code.</summary>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        _output.Append(await _script.StandardOutput.ReadToEndAsync(cancellationToken));
        await _script.WaitForExitAsync(cancellationToken);
        return _script.ExitCode;
    }

    /// <summary>What the person sees in the end: going up and erasing (ESC [ n A, ESC [ J) done.</summary>
    public IReadOnlyList<string> Screen()
    {
        List<string> lines = [];
        foreach (var written in Output.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = written;
            while (Redraw().Match(line) is { Success: true } redraw)
            {
                var up = int.Parse(redraw.Groups["up"].Value, CultureInfo.InvariantCulture);
                lines.RemoveRange(lines.Count - up, up);
                line = line.Remove(redraw.Index, redraw.Length);
            }

            lines.Add(OtherCodes().Replace(line, ""));
        }

        return lines;
    }

    public void Dispose()
    {
        if (!_script.HasExited)
        {
            _script.Kill(entireProcessTree: true);
        }

        _script.Dispose();
    }

    [GeneratedRegex("\u001b\\[(?<up>[0-9]+)A\u001b\\[J")]
    private static partial Regex Redraw();

    [GeneratedRegex("\u001b(\\[[0-9;?]*[a-zA-Z]|=|>)")]
    private static partial Regex OtherCodes();
}
