using System.Globalization;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>The launcher on a terminal: lines of work in progress are redrawn, and Ctrl-C stops everything.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("orchestration-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_OnATerminal_RedrawsAndLeavesOneLineADocument()
    {
        Assert.SkipUnless(Terminal.IsAvailable, "needs script of util-linux");
        var documents = Directory.CreateDirectory(Path.Combine(_data, "documents")).FullName;
        string[] names = ["one.txt", "two.txt", "three.txt"];
        foreach (var name in names)
        {
            await File.WriteAllTextAsync(Path.Combine(documents, name), "Dear Sir,\nthank you for your message.\nKind regards\n", Stop);
        }

        using var terminal = Terminal.Start(
            "dotnet", Paths.Launcher, "--documents", documents, "--data", Path.Combine(_data, "data"), "--out", Path.Combine(_data, "out"));
        var exitCode = await terminal.EndAsync(Stop);

        Assert.True(exitCode == 0, terminal.Output);
        Assert.Contains("\u001b[J", terminal.Output, StringComparison.Ordinal);
        var screen = terminal.Screen();
        Assert.All(names, name => Assert.Single(screen, line => line.Contains($" {name}: ", StringComparison.Ordinal)));
        Assert.DoesNotContain(screen, line => line.Contains('\u001b', StringComparison.Ordinal));
    }

    [Fact]
    public async Task CtrlC_InTheMiddleOfWork_StopsEverythingAndSaysWhereTheDataIs()
    {
        Assert.SkipUnless(Terminal.IsAvailable, "needs script of util-linux");
        var plan = Path.Combine(_data, "long.yaml");
        await File.WriteAllTextAsync(plan, """
            id: long
            steps:
              - id: work
                forEach: { items: "${{ [1, 2, 3, 4] }}" }
                agent: test
                action: work
                input: { milliseconds: 3600000 }
            """, Stop);
        var data = Path.Combine(_data, "data");
        using var terminal = Terminal.Start(
            "dotnet", Paths.Launcher, "--run-file", Path.Combine(Paths.Root, "tests/EndToEnd.Tests/run.yaml"), "--data", data, "--plan", plan, "--out", _data);
        Assert.True(await terminal.ReadUntilAsync("work[3]", Stop), terminal.Output);
        var programs = Directory.GetFiles(Path.Combine(data, "logs"), "*.pid")
            .Select(note => int.Parse(File.ReadAllText(note), CultureInfo.InvariantCulture)).ToList();
        await terminal.PressCtrlCAsync();
        var exitCode = await terminal.EndAsync(Stop);

        Assert.True(exitCode == 130, terminal.Output);
        Assert.Equal(5, programs.Count);
        Assert.All(programs, processId => Assert.False(Directory.Exists($"/proc/{processId}"), terminal.Output));
        Assert.Contains(terminal.Screen(), line => line.Contains($"Data and logs stay in {data}", StringComparison.Ordinal));

        var again = await Program.RunAsync(
            _data, "dotnet", [Paths.Launcher, "--run-file", Path.Combine(Paths.Root, "tests/EndToEnd.Tests/run.yaml"), "--data", data, "--no-job"], Stop);
        Assert.True(again.ExitCode == 0, again.Output);
    }

    public void Dispose()
    {
        if (TestContext.Current.TestState?.Result != TestResult.Failed)
        {
            Directory.Delete(_data, recursive: true);
        }
    }
}
