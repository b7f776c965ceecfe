using System.Text.Json;
using Grpc.Core;
using Orchestration.Client;
using Orchestration.Contracts;
using Orchestration.Contracts.Agents;

namespace Cli.Tests;

/// <summary>Commands on a system that answers.</summary>
public sealed class RemoteCommandTests
{
    private const int Items = 2000;

    [Theory]
    [InlineData("--json --connection FILE run list")]
    [InlineData("run --json list --connection FILE")]
    [InlineData("run --connection FILE list --json")]
    [InlineData("run list --json --connection FILE")]
    public async Task Options_OfTheConnection_StandBeforeOrAfterTheCommand(string line)
    {
        await using var system = await SystemStub.StartAsync();
        var run = await CommandLine.RunAsync([.. line.Split(' ').Select(word => word == "FILE" ? system.ConnectionFile : word)]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var answer = JsonDocument.Parse(run.Output);
        Assert.Equal("r1", answer.RootElement.GetProperty("runs")[0].GetProperty("runId").GetString());
    }

    [Fact]
    public async Task RunList_Labels_AreAskedFor()
    {
        await using var system = await SystemStub.StartAsync();
        var run = await CommandLine.RunAsync(
            "run", "list", "--label", "team=invoices", "--label", "kind=a=b", "--connection", system.ConnectionFile);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal([("kind", "a=b"), ("team", "invoices")], system.Queries.Listed!.Labels.Select(label => (label.Key, label.Value))
            .Order());
    }

    /// <summary>Whether a run can be told something is the orchestrator's to say, and nobody else need be there.</summary>
    [Fact]
    public async Task RunCancelAndSignal_MonitorDown_AreTheOrchestratorsToAnswer()
    {
        await using var system = await SystemStub.StartAsync();
        system.Queries.IsDown = true;
        var cancelled = await CommandLine.RunAsync("run", "cancel", "r1", "--reason", "not needed", "--connection", system.ConnectionFile);
        var signalled = await CommandLine.RunAsync("run", "signal", "r1", "go", "--payload", "{}", "--connection", system.ConnectionFile);

        Assert.Equal((0, ""), (cancelled.ExitCode, cancelled.Error));
        Assert.Equal(("r1", "not needed"), (system.Runs.Cancelled!.RunId, system.Runs.Cancelled.Reason));
        Assert.Equal((0, ""), (signalled.ExitCode, signalled.Error));
        Assert.Equal(("r1", "go"), (system.Runs.Signalled!.RunId, system.Runs.Signalled.Event));
        Assert.StartsWith("cli-", system.Runs.Signalled.RequestId, StringComparison.Ordinal);

        await CommandLine.RunAsync("run", "signal", "r1", "go", "--request-id", "once", "--connection", system.ConnectionFile);
        Assert.Equal("once", system.Runs.Signalled.RequestId);
    }

    [Theory]
    [InlineData(StatusCode.Cancelled)]
    [InlineData(StatusCode.Unavailable)]
    public async Task Command_Interrupted_EndsWith130WhateverItsCallEndsWith(StatusCode status)
    {
        var parsed = OrchestrateCommand.Create().Parse("status");
        var interrupted = new CancellationToken(canceled: true);

        Assert.Equal(130, await RemoteCommand.RunAsync(parsed, _ => throw new RpcException(new Status(status, "")), interrupted));
        Assert.Equal(130, await RemoteCommand.RunAsync(parsed, _ => throw new OperationCanceledException(interrupted), interrupted));
    }

    [Fact]
    public async Task RunWatch_ManyItems_AreCountedInAFewLines()
    {
        await using var system = await SystemStub.StartAsync();
        system.Queries.Events = Story();
        var run = await CommandLine.RunAsync("run", "watch", "r1", "--connection", system.ConnectionFile);

        Assert.Equal(0, run.ExitCode);
        var lines = run.Output.Split('\n');
        Assert.InRange(lines.Length, 15, 40);
        Assert.Contains("step:items       read  50 of 2000: 49 completed, 1 failed", run.Output, StringComparison.Ordinal);
        Assert.Contains("step:failed      read[7]  malformed: no document", run.Output, StringComparison.Ordinal);
        Assert.Equal(5, lines.Count(line => line.Contains("step:failed", StringComparison.Ordinal)));
        var last = Array.FindIndex(
            lines, line => line.EndsWith("step:items       read  2000 of 2000: 1980 completed, 20 failed", StringComparison.Ordinal));
        Assert.EndsWith("step:completed   read", lines[last + 1], StringComparison.Ordinal);
        Assert.Equal(1, lines.Count(line => line.Contains("1980 completed", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("--items")]
    [InlineData("--json")]
    public async Task RunWatch_EveryItemOrForScripts_ShowsEachEvent(string option)
    {
        await using var system = await SystemStub.StartAsync();
        system.Queries.Events = Story();
        var run = await CommandLine.RunAsync("run", "watch", "r1", option, "--connection", system.ConnectionFile);

        Assert.Equal(0, run.ExitCode);
        Assert.InRange(run.Output.Split('\n').Length, 2 * Items, 2 * Items + 20);
        Assert.Contains("read[1999]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_RunThatIsNotKnownYet_IsWaitedForOnceItWasAccepted()
    {
        await using var system = await SystemStub.StartAsync();
        system.Queries.Events = Story();
        using var client = new OrchestrationClient(
            new OrchestrationClientOptions { Address = ConnectionFile.Read(system.ConnectionFile).Address, ApiKey = "key" });

        system.Queries.Late = 2;
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await LastOfAsync(isAccepted: false));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
        Assert.NotNull((await LastOfAsync(isAccepted: true)).RunEnded);
        Assert.Equal(-1, system.Queries.Late);

        ValueTask<RunEvent> LastOfAsync(bool isAccepted) =>
            client.WatchAsync("r1", includeChildren: false, isAccepted, TestContext.Current.CancellationToken)
                .LastAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(4, 1)]
    public async Task RunWatch_ConnectionLost_IsToldOnceAndAgainWhenItIsBack(int refused, int told)
    {
        await using var system = await SystemStub.StartAsync();
        system.Queries.Events = Story();
        system.Queries.Outage = refused;
        var run = await CommandLine.RunAsync("run", "watch", "r1", "--connection", system.ConnectionFile);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(told, run.Output.Split('\n').Count(line => line == "The connection is lost; r1 goes on. Trying again …"));
        Assert.Equal(told, run.Output.Split('\n').Count(line => line == "Connected again"));
    }

    /// <summary>The monitor is being started again when a command begins.</summary>
    [Theory]
    [InlineData("watch", 1)]
    [InlineData("show", 0)]
    public async Task Run_MonitorNotThereYet_IsWaitedFor(string command, int told)
    {
        await using var system = await SystemStub.StartAsync();
        system.Queries.Events = Story();
        system.Queries.Absent = 3;
        var run = await CommandLine.RunAsync("run", command, "r1", "--connection", system.ConnectionFile);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(-1, system.Queries.Absent);
        Assert.Equal(told, run.Output.Split('\n').Count(line => line == "The connection is lost; r1 goes on. Trying again …"));
        Assert.Equal(told, run.Output.Split('\n').Count(line => line == "Connected again"));
    }

    [Fact]
    public void RunWatch_OnATerminal_RedrawsOneLine()
    {
        using var text = new StringWriter();
        var lines = new Runs.EventLines(new Output(text, isJson: false, width: () => 40), "r1", everyItem: false);
        foreach (var happened in Story())
        {
            lines.Show(happened);
        }

        Assert.Contains("\rread: 1516 of 2000: 1500 completed", text.ToString(), StringComparison.Ordinal);
        Assert.InRange(text.ToString().Split('\n').Length, 8, 20);
        Assert.All(text.ToString().Split('\n').SelectMany(line => line.Split('\r'))
            .Where(part => part.StartsWith("read:", StringComparison.Ordinal)), part => Assert.InRange(part.Length, 1, 39));
    }

    [Fact]
    public async Task RunWatch_ItemsThatWait_SayTheFirstOfEachReason()
    {
        await using var system = await SystemStub.StartAsync();
        system.Queries.Events =
            [.. Waiting(), new RunEvent { RunId = "r1", Sequence = 100, Type = "run:completed",
            RunEnded = new RunEnded { State = RunState.RunCompleted } }];
        var run = await CommandLine.RunAsync("run", "watch", "r1", "--connection", system.ConnectionFile);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            ["step:queued      read[0]  no_agent: nobody is there", "step:retrying    read[2]  retry: nobody is there"],
            run.Output.Split('\n').Where(line => line.Contains("nobody is there", StringComparison.Ordinal)).Select(line => line.Trim()));
    }

    [Fact]
    public void RunWatch_ItemsThatWaitOnATerminal_AreCountedByReason()
    {
        using var text = new StringWriter();
        var lines = new Runs.EventLines(new Output(text, isJson: false, width: () => 80), "r1", everyItem: false);
        Assert.All(Waiting(), lines.Show);

        Assert.Contains("\rread: 0 completed, 3 waiting: no_agent", text.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\rread: 1 completed, 1 waiting: no_agent, 1 waiting: retry", text.ToString()
            .TrimEnd(' '), StringComparison.Ordinal);
        Assert.DoesNotContain("nobody is there", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Passing_TerminalThatBecomesNarrow_StaysOnOneRow()
    {
        using var text = new StringWriter();
        var width = 40;
        var output = new Output(text, isJson: false, () => width);
        output.Passing(new string('a', 100));
        width = 10;
        output.Passing(new string('b', 100));
        output.Erase();

        Assert.Equal($"\r{new string('a', 39)}\r{new string('b', 9)}\r{new string(' ', 9)}\r", text.ToString());
    }

    /// <summary>Three items wait for an agent; one is done then, one waits for its retry, one still waits.</summary>
    private static List<RunEvent> Waiting()
    {
        var told = new List<RunEvent>();
        for (var i = 0; i < 3; i++)
        {
            Tell("step:queued", i, happened => happened.StepWaiting = new StepWaiting { Reason = "no_agent", Message = "nobody is there" });
        }

        Tell("step:started", 1, happened => happened.StepStarted = new StepStarted { AgentId = "reader" });
        Tell("step:completed", 1, happened => happened.StepEnded = new StepEnded { State = StepState.StepCompleted });
        Tell("step:reported", 2, happened => happened.StepEnded = new StepEnded());
        Tell("step:retrying", 2, happened => happened.StepWaiting = new StepWaiting { Reason = "retry", Message = "nobody is there" });
        Tell("step:queued", 1, happened => happened.StepWaiting = new StepWaiting { Reason = "no_agent", Message = "told again" });
        return told;

        void Tell(string type, int item, Action<RunEvent> more)
        {
            var happened = new RunEvent { RunId = "r1", Sequence = told.Count + 1, Type = type, StepId = $"read[{item}]" };
            more(happened);
            told.Add(happened);
        }
    }

    /// <summary>A run whose one step reads 2000 items, of which each hundredth fails.</summary>
    private static List<RunEvent> Story()
    {
        var told = new List<RunEvent>();
        void Tell(string type, string step, Action<RunEvent>? more = null)
        {
            var happened = new RunEvent { RunId = "r1", Sequence = told.Count + 1, Type = type, StepId = step };
            more?.Invoke(happened);
            told.Add(happened);
        }

        Tell("run:accepted", "");
        Tell("step:started", "read", happened => happened.StepWaiting = new StepWaiting { Reason = "items", Items = Items });
        for (var i = 0; i < Items; i++)
        {
            Tell("step:queued", $"read[{i}]");
            if (i % 100 == 7)
            {
                Tell("step:failed", $"read[{i}]", happened => happened.StepEnded = new StepEnded
                    { State = StepState.StepFailed, Failure = new Failure { Code = "malformed", Message = "no document" } });
            }
            else
            {
                Tell("step:completed", $"read[{i}]", happened => happened.StepEnded = new StepEnded { State = StepState.StepCompleted });
            }
        }

        Tell("step:completed", "read", happened => happened.StepEnded = new StepEnded { State = StepState.StepCompleted });
        Tell("run:completed", "", happened => happened.RunEnded = new RunEnded { State = RunState.RunCompleted });
        return told;
    }
}
