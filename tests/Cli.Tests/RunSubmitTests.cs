using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Orchestration.Contracts;

namespace Cli.Tests;

/// <summary>Submitting on a system that answers.</summary>
public sealed class RunSubmitTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Documents_OfAFolder_BecomeTheInputsOfTheRun()
    {
        await using var system = await SystemStub.StartAsync();
        _folder.Write("batch/b.txt", "two");
        _folder.Write("batch/below/a.txt", "three");
        var run = await CommandLine.RunAsync(
            "run", "submit", "--plan", "batch", "--documents", _folder["batch"], "--request-id", "q1", "--connection",
            system.ConnectionFile);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Uploaded 2 of 2 documents", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            """{"documents":[{"name":"b.txt","content":{"$blob":"q1/hash","size":3}},{"name":"below/a.txt","content":{"$blob":"q1/hash","size":5}}]}""",
            system.Runs.Submitted!.Inputs.ToStringUtf8());
    }

    [Fact]
    public async Task Documents_OfAPlanThatAsksForTheirSource_NameTheFolder()
    {
        await using var system = await SystemStub.StartAsync();
        _folder.Write("batch/a.txt", "one");
        var run = await CommandLine.RunAsync(
            "run", "submit", "--plan", "sourced", "--documents", _folder["batch"], "--connection", system.ConnectionFile);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var inputs = JsonDocument.Parse(system.Runs.Submitted!.Inputs.Memory);
        Assert.Equal(_folder["batch"], inputs.RootElement.GetProperty("source").GetString());
    }

    [Fact]
    public async Task Documents_WithOneThatIsNoFile_AreSubmittedAndTheCommandSaysSo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "making links asks for rights there");
        await using var system = await SystemStub.StartAsync();
        File.CreateSymbolicLink(_folder["link"], _folder.Write("a.txt", "one"));
        var run = await CommandLine.RunAsync(
            "run", "submit", "--json", "--plan", "batch", "--documents", _folder.FullPath, "--connection", system.ConnectionFile);

        Assert.Equal(1, run.ExitCode);
        using var leftOut = JsonDocument.Parse(run.Error);
        Assert.Equal("left_out", leftOut.RootElement.GetProperty("code").GetString());
        using var accepted = JsonDocument.Parse(run.Output);
        Assert.Equal("r1", accepted.RootElement.GetProperty("runId").GetString());
    }

    [Theory]
    [InlineData("nowhere", "no such folder")]
    [InlineData("file", "it is a file, not a folder")]
    [InlineData("empty", "the folder holds no files")]
    public async Task Documents_NotThere_EndWith2AndNothingIsSubmitted(string name, string message)
    {
        await using var system = await SystemStub.StartAsync();
        _folder.Write("file", "");
        Directory.CreateDirectory(_folder["empty"]);
        var run = await CommandLine.RunAsync(
            "run", "submit", "--plan", "batch", "--documents", _folder[name], "--connection", system.ConnectionFile);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{_folder[name]}: {message}", run.Error, StringComparison.Ordinal);
        Assert.Null(system.Runs.Submitted);
    }

    [Fact]
    public async Task Plan_Refused_IsToldWithEveryProblem()
    {
        await using var system = await SystemStub.StartAsync();
        var problems = new SubmitProblems
            { Problems = { new Problem { Code = "cycle", Path = "steps[0]", Line = 3, Column = 5, Message = "a → a" }, new Problem
                { Code = "other", Path = "output", Line = 9 } } };
        system.Runs.Refusal =
            new RpcException(new Status(StatusCode.InvalidArgument, "bad"), new Metadata { { "problems-bin", problems.ToByteArray() } });
        var told = await CommandLine.RunAsync("run", "submit", "--plan", "p", "--connection", system.ConnectionFile);
        Assert.Equal((1, ""), (told.ExitCode, told.Output));
        Assert.Equal("p is refused:\np:3:5: steps[0]: a → a [cycle]\np:9:0: output:  [other]", told.Error.Trim());

        var run = await CommandLine.RunAsync("run", "submit", "--json", "--plan", "p", "--connection", system.ConnectionFile);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        using var error = JsonDocument.Parse(run.Error);
        Assert.Equal("invalid_plan", error.RootElement.GetProperty("code").GetString());
        var first = error.RootElement.GetProperty("problems")[0];
        Assert.Equal(("cycle", "steps[0]", 3), (
            first.GetProperty("code").GetString(), first.GetProperty("path").GetString(), first.GetProperty("line").GetInt32()));
    }

    /// <summary>What the system finds wrong with the arguments ends as what the command line finds itself.</summary>
    [Theory]
    [InlineData(StatusCode.InvalidArgument, 2, "invalid_argument")]
    [InlineData(StatusCode.NotFound, 4, "not_found")]
    [InlineData(StatusCode.PermissionDenied, 4, "permission_denied")]
    public async Task Refusal_OfTheSystem_HasACodeForScripts(StatusCode status, int exitCode, string code)
    {
        await using var system = await SystemStub.StartAsync();
        system.Runs.Refusal = new RpcException(new Status(status, "a label is too long"));
        var run = await CommandLine.RunAsync("run", "submit", "--json", "--plan", "p", "--connection", system.ConnectionFile);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        using var error = JsonDocument.Parse(run.Error);
        Assert.Equal(code, error.RootElement.GetProperty("code").GetString());
        Assert.Contains("a label is too long", error.RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
