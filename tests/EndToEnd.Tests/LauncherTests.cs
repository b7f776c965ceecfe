using System.Text.Json;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>The program a person starts: the README's command, from any folder, twice at once, and when something is wrong.</summary>
public sealed class LauncherTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>OPS-01, OPS-03, DOC-01, DOC-11, ERR-18.</summary>
    [Fact]
    public async Task Readme_FirstCommand_ProcessesTheBatchAndOnlyThePoisonedFails()
    {
        var command = (await File.ReadAllLinesAsync(Path.Combine(Paths.Root, "README.md"), Stop))
            .First(line => line.StartsWith("dotnet run", StringComparison.Ordinal)).Split('#')[0]
                .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var run = await Program.RunAsync(Paths.Root, command[0], command[1..], Stop);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("Coordinator status: healthy", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"Online: (\d+)/\1", run.Output);
        using var report = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.Combine(Paths.Root, "artifacts", "reports", "report.json"), Stop));
        var files = Directory.EnumerateFiles(Path.Combine(Paths.Root, "examples", "documents", "files"), "*", SearchOption.AllDirectories)
            .Count();
        var summary = report.RootElement.GetProperty("summary");
        Assert.Equal(files, summary.GetProperty("documents").GetInt32());
        var failed = report.RootElement.GetProperty("documents").EnumerateArray()
            .Where(document => document.GetProperty("error").ValueKind == JsonValueKind.Object).ToList();
        Assert.Equal(["malformed"], failed.Select(document => document.GetProperty("error").GetProperty("code").GetString()));
        Assert.Contains("poison", failed[0].GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(Path.Combine("documents", "files"), report.RootElement.GetProperty("source").GetString(), StringComparison.Ordinal);
        Assert.Equal("high", report.RootElement.GetProperty("anomalies")[0].GetProperty("severity").GetString());
    }

    [Fact]
    public void Readme_SecondCommand_IsWhatCiRuns()
    {
        Assert.Contains("\ndotnet test ", File.ReadAllText(Path.Combine(Paths.Root, "README.md")), StringComparison.Ordinal);
        Assert.Contains("\ndotnet test ", File.ReadAllText(Path.Combine(Paths.Root, ".ci", "run")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launcher_TwiceAtOnceFromAnotherFolder_BothSucceed()
    {
        var folder = Directory.CreateTempSubdirectory("orchestration-");
        var documents = folder.CreateSubdirectory("documents");
        await File.WriteAllTextAsync(
            Path.Combine(documents.FullName, "note.txt"), "Dear Sir,\nthank you for your message.\nKind regards\n", Stop);

        // Elsewhere there can be no file of such a name.
        await Program.RunAsync(documents.FullName, "sh", ["-c", "echo x > \"$(printf 'bad\\377.txt')\""], Stop);
        var runs = await Task.WhenAll(new[] { "one", "two" }.Select(name => Program.RunAsync(
            folder.FullName, "dotnet", [Paths.Launcher, "--documents", "documents", "--out", name, "--data", $"data-{name}"], Stop)));

        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Output));
        Assert.All(runs, run =>
            Assert.Equal(OperatingSystem.IsLinux(), run.Output.Contains("is left out: its name is not UTF-8", StringComparison.Ordinal)));
        Assert.True(File.Exists(Path.Combine(folder.FullName, "one", "report.md")));
        Assert.True(File.Exists(Path.Combine(folder.FullName, "two", "report.json")));
        await Program.RunAsync(documents.FullName, "sh", ["-c", "rm -f bad*"], Stop);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(new[] { "--documents", "/nowhere" }, 2, "/nowhere: no such folder")]
    [InlineData(new[] { "--plan", "/nowhere.yaml" }, 2, "/nowhere.yaml: no such file")]
    [InlineData(new[] { "--run-file", "/nowhere.yaml" }, 2, "/nowhere.yaml: no such file")]
    [InlineData(new[] { "--out", "/dev/null/reports" }, 2, "--out /dev/null/reports: it cannot be written")]
    [InlineData(new[] { "--nonsense" }, 2, "--nonsense")]
    [InlineData(new[] { "--plan" }, 2, "--plan")]
    [InlineData(new[] { "--input", "x.json" }, 2, "--input goes with --plan")]
    [InlineData(new[] { "--no-job", "--plan", "x.yaml" }, 2, "exclude each other")]
    public async Task Launcher_WrongArguments_SaysWhatIsWrong(string[] arguments, int exitCode, string message)
    {
        var run = await Program.RunAsync(Path.GetTempPath(), "dotnet", [Paths.Launcher, .. arguments], Stop);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launcher_FolderInUse_SaysSo()
    {
        await using var system = await RunningSystem.StartAsync();
        var run = await Program.RunAsync(Path.GetTempPath(), "dotnet", [Paths.Launcher, "--data", system.Data], Stop);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("in use by another launcher", run.Output, StringComparison.Ordinal);
    }

    /// <summary>
    /// A launcher that is killed leaves its programs behind; the next one on the same folder ends them and goes on with the data.
    /// </summary>
    [Fact]
    public async Task Launcher_KilledItself_TheNextOneEndsWhatItLeft()
    {
        await using var system = await RunningSystem.StartAsync();
        var left = system.ProcessIds();
        await system.KillLauncherAsync();
        var run = await Program.RunAsync(Path.GetTempPath(), "dotnet", [Paths.Launcher, "--data", system.Data, "--no-job"], Stop);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.All(left, processId => Assert.False(Directory.Exists($"/proc/{processId}"), run.Output));
    }

    [Fact]
    public async Task Launcher_ToldToStopWithAFrozenProgram_LeavesNothingBehind()
    {
        await using var system = await RunningSystem.StartAsync();
        var programs = system.ProcessIds();
        system.Freeze("test-agents-1");

        Assert.Equal(0, await system.StopAsync());
        Assert.All(programs, processId => Assert.False(Directory.Exists($"/proc/{processId}")));
    }

    [Fact]
    public async Task Readme_PlanOfYourOwn_RunsAsWritten()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Paths.Root, "README.md"), Stop);
        var plan = await File.ReadAllTextAsync(Path.Combine(Paths.Root, "examples", "hello.yaml"), Stop);
        Assert.Contains(plan[plan.IndexOf("inputs:", StringComparison.Ordinal)..], readme, StringComparison.Ordinal);
        var output = Directory.CreateTempSubdirectory("orchestration-").FullName;
        var run = await Program.RunAsync(
            Paths.Root,
            "dotnet",
            [Paths.Launcher, "--plan", "examples/hello.yaml", "--input", "examples/hello-inputs.json", "--out", output],
            Stop);

        Assert.True(run.ExitCode == 0, run.Output);
        using var result = JsonDocument.Parse(await File.ReadAllBytesAsync(Directory.GetFiles(output).Single(), Stop));
        Assert.Equal("Xml", result.RootElement[0].GetProperty("format").GetString());
        Assert.Equal("malformed", result.RootElement[1].GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Launcher_PlanWithProblems_NamesAllOfThemWithLines()
    {
        var plan = Path.GetTempFileName();
        await File.WriteAllTextAsync(plan, """
            id: broken
            steps:
              - id: a
                agent: nobody
                action: nothing
                dependsOn: [b]
              - id: b
                agent: ingestion
                action: ingest
                dependsOn: [a]
                colour: red
            """, Stop);
        var run = await Program.RunAsync(Path.GetTempPath(), "dotnet", [Paths.Launcher, "--plan", plan], Stop);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("[unknown_field]", run.Output, StringComparison.Ordinal);
        Assert.Contains("11:", run.Output, StringComparison.Ordinal);
        File.Delete(plan);
    }
}
