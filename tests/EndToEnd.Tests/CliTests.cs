using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>The command line on a system that a launcher keeps: what README shows, for people and for scripts.</summary>
public sealed class CliTests
{
    private static readonly string Hello = Path.Combine(Paths.Root, "examples", "agents", "greeting.yaml");
    private static readonly string HelloInputs = Path.Combine(Paths.Root, "examples", "agents", "greeting-inputs.json");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>README: an agent of one's own, its plan, and the way through the commands.</summary>
    [Fact]
    public async Task Readme_OwnAgentOnAKeptSystem_RunsItsPlan()
    {
        await using var system = await RunningSystem.StartAsync("examples/agents/dapr.yaml");

        Assert.Contains("hello", (await DoneAsync(system, "agent", "list")), StringComparison.Ordinal);
        Assert.Contains("coordinator healthy", await DoneAsync(system, "status"), StringComparison.Ordinal);
        Assert.Contains("is valid", await DoneAsync(system, "plan", "validate", Hello), StringComparison.Ordinal);
        Assert.Contains("Registered greeting@1", await DoneAsync(system, "plan", "register", Hello), StringComparison.Ordinal);
        Assert.Contains("greeting", await DoneAsync(system, "plan", "list"), StringComparison.Ordinal);
        Assert.Contains("level 1: greet", await DoneAsync(system, "plan", "show", "greeting"), StringComparison.Ordinal);

        var run = await DoneAsync(system, "run", "submit", "--plan", "greeting", "--input", HelloInputs, "--request-id", "once", "--watch");
        Assert.Contains("Hallo, Emmy!", run, StringComparison.Ordinal);
        Assert.Contains("completed with errors", run, StringComparison.Ordinal);

        using var again = await JsonAsync(system, "run", "submit", "--plan", "greeting", "--input", HelloInputs, "--request-id", "once");
        Assert.True(again.RootElement.GetProperty("repeatedRequest").GetBoolean());
        var id = again.RootElement.GetProperty("runId").GetString()!;
        using var shown = await JsonAsync(system, "run", "show", id);
        Assert.Equal("RUN_COMPLETED_WITH_ERRORS", shown.RootElement.GetProperty("state").GetString());
        Assert.Equal("Hello, Ada!", shown.RootElement.GetProperty("output")[0].GetProperty("text").GetString());
        Assert.Contains(id, await DoneAsync(system, "run", "list", "--state", "completed-with-errors"), StringComparison.Ordinal);
        Assert.Contains("unknown_language", await DoneAsync(system, "run", "show", id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_OnRunsThatWait_WatchSignalAndCancelThem()
    {
        await using var system = await RunningSystem.StartAsync();
        var plan = Path.Combine(system.Data, "waiting.yaml");
        await File.WriteAllTextAsync(
            plan, "id: waiting\nsteps:\n  - id: wait\n    waitFor: { event: go }\noutput: ${{ steps.wait.output }}\n", Stop);

        var first = await SubmitAsync(system, plan);
        Assert.Equal(130, await InterruptedWatchAsync(system, first));
        await DoneAsync(system, "run", "signal", first, "go", "--payload", "{\"by\":\"hand\"}");
        Assert.Contains("\"by\": \"hand\"", await DoneAsync(system, "run", "watch", first), StringComparison.Ordinal);
        var late = await RunAsync(system, "run", "signal", first, "go");
        Assert.Equal((4, true), (late.ExitCode, late.Output.Contains("has already ended (completed)", StringComparison.Ordinal)));

        var second = await SubmitAsync(system, plan);
        await DoneAsync(system, "run", "cancel", second, "--reason", "not needed");
        var watched = await RunAsync(system, "run", "watch", second);
        Assert.Equal(1, watched.ExitCode);
        Assert.Contains($"{second}: cancelled", watched.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_Refused_SayWhyAndHowToMend()
    {
        await using var system = await RunningSystem.StartAsync();
        var plan = Path.Combine(system.Data, "broken.yaml");
        await File.WriteAllTextAsync(
            plan, "id: broken\nsteps:\n  - id: a\n    agent: nobody\n    action: nothing\n    colour: red\n", Stop);
        var key = Path.Combine(system.Data, "wrong.key");
        await File.WriteAllTextAsync(key, "oak_wrong\n", Stop);

        foreach (var command in new[] { "plan validate", "plan register", "run submit --plan" })
        {
            var refused = await RunAsync(system, [.. command.Split(' '), plan]);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains($"{plan}:6:5: ", refused.Output, StringComparison.Ordinal);
            Assert.Contains("[unknown_field]", refused.Output, StringComparison.Ordinal);
        }

        var unknown = await RunAsync(system, "run", "show", "nothing");
        Assert.Equal((4, true), (unknown.ExitCode, unknown.Output.Contains("There is no run 'nothing'.", StringComparison.Ordinal)));
        var stranger = await RunAsync(system, "status", "--api-key-file", key);
        Assert.Equal((4, true), (stranger.ExitCode, stranger.Output.Contains("--api-key-file", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Upload_OfAFile_IsWhatInputsTake()
    {
        await using var system = await RunningSystem.StartAsync();
        var file = Path.Combine(system.Data, "note.txt");
        await File.WriteAllTextAsync(file, "hello", Stop);
        using var uploaded = await JsonAsync(system, "upload", file);

        var content = uploaded.RootElement[0].GetProperty("content");
        Assert.Equal(5, content.GetProperty("size").GetInt32());
        Assert.Equal("hello"u8.ToArray(), await system.Client.DownloadAsync(content.GetProperty("$blob").GetString()!, Stop));
    }

    private static async Task<string> SubmitAsync(RunningSystem system, string plan)
    {
        using var submitted = await JsonAsync(system, "run", "submit", "--plan", plan);
        return submitted.RootElement.GetProperty("runId").GetString()!;
    }

    /// <summary>Watches until the run waits, presses Ctrl-C, and returns the exit code.</summary>
    private static async Task<int> InterruptedWatchAsync(RunningSystem system, string run)
    {
        // A test run in the background may have been told to ignore Ctrl-C, and what it starts with it.
        using var watch = Process.Start(new ProcessStartInfo(
            "env", ["--default-signal=INT", "dotnet", Paths.Orchestrate, "run", "watch", run, "--connection", system.ConnectionFile])
        {
            RedirectStandardOutput = true,
        })!;
        var said = new StringBuilder();
        while (!said.ToString().Contains("step:", StringComparison.Ordinal) && await watch.StandardOutput.ReadLineAsync(Stop) is { } line)
        {
            said.AppendLine(line);
        }

        using var interrupt = Process.Start("kill", ["-INT", watch.Id.ToString(CultureInfo.InvariantCulture)]);
        said.Append(await watch.StandardOutput.ReadToEndAsync(Stop));
        await watch.WaitForExitAsync(Stop);
        Assert.Contains($"Stopped watching; {run} goes on", said.ToString(), StringComparison.Ordinal);
        return watch.ExitCode;
    }

    private static async Task<string> DoneAsync(RunningSystem system, params string[] arguments)
    {
        var run = await RunAsync(system, arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)} ended with {run.ExitCode}:\n{run.Output}");
        return run.Output;
    }

    private static async Task<JsonDocument> JsonAsync(RunningSystem system, params string[] arguments)
        => JsonDocument.Parse(await DoneAsync(system, [.. arguments, "--json"]));

    private static Task<(int ExitCode, string Output)> RunAsync(RunningSystem system, params string[] arguments)
        => Program.RunAsync(system.Data, "dotnet", [Paths.Orchestrate, .. arguments, "--connection", system.ConnectionFile], Stop);
}
