using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Grpc.Core;
using Orchestration.Client;

namespace Cli.Tests;

/// <summary>What the command line says and returns before, or instead of, an answer of a system.</summary>
public sealed class CommandLineTests
{
    public static TheoryData<string> Commands => [.. PathsOf(OrchestrateCommand.Create(), "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_OnEveryLevel_Explains(string path)
    {
        var run = await CommandLine.RunAsync([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Help_OfTheProgram_DocumentsConnectionAndExitCodes()
    {
        var run = await CommandLine.RunAsync("--help");

        Assert.Contains("Exit codes: 0 done", run.Output, StringComparison.Ordinal);
        Assert.Contains("ORCHESTRATION_ADDRESS", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "nonsense")]
    [InlineData("run", "command")]
    [InlineData("run show", "show")]
    [InlineData("run submit", "--plan")]
    [InlineData("run submit --plan p --label broken", "NAME=VALUE")]
    [InlineData("run signal r e --payload {x", "--payload is not JSON")]
    [InlineData("run list --limit 0", "--limit is 1 to 500")]
    [InlineData("run submit --plan p --priority 101", "--priority is -100 to 100")]
    [InlineData("run submit --plan p --priority many", "many")]
    [InlineData("run submit --plan p --input a --documents b", "exclude each other")]
    [InlineData("run list --label broken", "NAME=VALUE")]
    [InlineData("agent check", "--address URL of the agent, or --app ID")]
    [InlineData("agent check --app x --app-token y", "not with --app")]
    [InlineData("--address nonsense status", "'nonsense' is no http address")]
    [InlineData("run list --state nonsense", "completed-with-errors")]
    [InlineData("status --address nonsense", "'nonsense' is no http address")]
    [InlineData("status --connection /nowhere.json", "/nowhere.json: no such file")]
    [InlineData("status --address http://127.0.0.1:1 --api-key-file /nowhere", "/nowhere")]
    public async Task Arguments_Wrong_EndWith2AndSayWhatIsWrong(string line, string message)
    {
        var run = await CommandLine.RunAsync(line.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--json run submit", "usage", "--plan")]
    [InlineData("run list --limit 0 --json", "usage", "--limit is 1 to 500")]
    [InlineData("nonsense --json", "usage", "nonsense")]
    [InlineData("run submit --plan p --priority --json", "usage", "--priority")]
    [InlineData("status --json --connection /nowhere.json", "invalid_input", "/nowhere.json: no such file")]
    [InlineData("status --json --address http://127.0.0.1:1 --api-key-file /nowhere", "invalid_input", "/nowhere")]
    public async Task Arguments_WrongInAScript_AreToldAsJson(string line, string code, string message)
    {
        var run = await CommandLine.RunAsync(line.Split(' '));

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        using var error = JsonDocument.Parse(run.Error);
        Assert.Equal(code, error.RootElement.GetProperty("code").GetString());
        Assert.Contains(message, error.RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task System_NotThere_EndsWith3AndSaysWhere()
    {
        using var folder = new Folder();
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndPoint!).Port}");
        new ConnectionFile(address, "key", null).Write(folder["connection.json"]);
        var input = folder.Write("inputs.json", "{}");
        var plan = folder.Write("plan.yaml", "id: p\n");

        foreach (var line in new string[][]
            { ["status"], ["run", "watch", "r"], ["run", "submit", "--plan", plan, "--input", input], ["upload", input] })
        {
            var run = await CommandLine.RunAsync([.. line, "--connection", folder["connection.json"]]);
            Assert.Equal(3, run.ExitCode);
            Assert.StartsWith($"{address} does not answer: Connection refused\n", run.Error, StringComparison.Ordinal);
            Assert.Equal(line.Contains("watch") ? "The connection is lost; r goes on. Trying again …\n" : "", run.Output);
        }

        var direct = await CommandLine.RunAsync("agent", "check", "--address", address.ToString());
        Assert.Equal((3, ""), (direct.ExitCode, direct.Output));
        Assert.StartsWith($"{address} does not answer: Connection refused\nIs the agent running", direct.Error, StringComparison.Ordinal);
        var known = await CommandLine.RunAsync("agent", "check", "--app", "hello-agent", "--connection", folder["connection.json"]);
        Assert.Equal(3, known.ExitCode);
        Assert.StartsWith($"'hello-agent' at {address} does not answer: Connection refused\n", known.Error, StringComparison.Ordinal);

        // No key is sent, so none is asked for.
        var named = await CommandLine.RunAsync("agent", "check", "--app", "hello-agent", "--address", address.ToString());
        Assert.Equal((3, known.Error), (named.ExitCode, named.Error));
    }

    /// <summary>The key of the kept system is not sent to an address somebody names.</summary>
    [Fact]
    public async Task Address_WithoutKey_TakesNoKeyFromAFile()
    {
        using var folder = new Folder();
        new ConnectionFile(new Uri("http://127.0.0.1:1"), "key of another system", null).Write(folder["connection.json"]);
        Environment.SetEnvironmentVariable("ORCHESTRATION_API_KEY", null);
        var run = await CommandLine.RunAsync("status", "--address", "http://127.0.0.1:1", "--connection", folder["connection.json"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no key for http://127.0.0.1:1/", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void FoundFile_OfThisUser_IsUsedWithItsOwnKey()
    {
        using var folder = new Folder();
        new ConnectionFile(new Uri("http://127.0.0.1:1"), "key of the file", "token").Write(folder["connection.json"]);
        var options = ConnectionOptions.OfFound(folder["connection.json"], key: null, "");

        Assert.Equal((new Uri("http://127.0.0.1:1"), "key of the file", "token"), (options.Address, options.ApiKey, options.DaprApiToken));
        Assert.Equal(options, ConnectionOptions.OfFound(folder["connection.json"], "key of the file", "ORCHESTRATION_API_KEY"));
    }

    /// <summary>Neither is a key sent to an address it was not meant for, nor does somebody act with another one than they gave.</summary>
    [Theory]
    [InlineData("ORCHESTRATION_API_KEY")]
    [InlineData("--api-key-file")]
    public void FoundFile_BesideAnotherKey_IsAskedAbout(string source)
    {
        using var folder = new Folder();
        new ConnectionFile(new Uri("http://127.0.0.1:1"), "key of the file", "token").Write(folder["connection.json"]);

        var refused = Assert.Throws<CliException>(() => ConnectionOptions.OfFound(folder["connection.json"], "key for elsewhere", source));

        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith($"{source}: for which system?", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("key for elsewhere", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FoundFile_OpenToOthers_IsNotUsed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files have no mode there");
        using var folder = new Folder();
        new ConnectionFile(new Uri("http://127.0.0.1:1"), "key", null).Write(folder["connection.json"]);
        Change("chmod", "604", folder["connection.json"]);

        var refused = Assert.Throws<InputException>(() => ConnectionOptions.OfFound(folder["connection.json"], key: null, ""));
        Assert.Contains("0600", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Only root could open it; only root can make it.</summary>
    [Fact]
    public void FoundFile_OfAnotherUser_IsNotUsed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files have no owner of this kind there");
        using var folder = new Folder();
        new ConnectionFile(new Uri("http://127.0.0.1:1"), "key", null).Write(folder["connection.json"]);
        if (Environment.IsPrivilegedProcess)
        {
            Change("chown", "12345", folder["connection.json"]);
        }
        else
        {
            Change("chmod", "000", folder["connection.json"]);
        }

        Assert.Throws<InputException>(() => ConnectionOptions.OfFound(folder["connection.json"], key: null, ""));
    }

    [Fact]
    public void Refusal_TextOfAServer_CannotSteerTheTerminal()
    {
        var refusal = Refusal.Explain(
            new RpcException(new Status(StatusCode.Internal, "\u001b[2Jline\nline")), new Uri("http://127.0.0.1:1"));

        Assert.Contains("\uFFFD[2Jline\uFFFDline\n", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_NameOfAFile_CannotSteerTheTerminal()
    {
        var run = await CommandLine.RunAsync("status", "--connection", "/nowhere\u001b[2J");

        Assert.Contains("/nowhere\uFFFD[2J: no such file", run.Error, StringComparison.Ordinal);
    }

    private static void Change(string program, string how, string path)
    {
        using var changing = Process.Start(program, [how, path]);
        changing.WaitForExit();
        Assert.Equal(0, changing.ExitCode);
    }

    private static IEnumerable<string> PathsOf(Command command, string path)
        => command.Subcommands.SelectMany(child => PathsOf(child, $"{path} {child.Name}")).Prepend(path);
}
