using System.Diagnostics;

namespace Cli.Tests;

/// <summary>Every program of the system says what it is and what can be set, and starts nothing.</summary>
public sealed class ServiceHelpTests
{
    [Theory]
    [InlineData("Orchestrator", "Agents__HeartbeatInterval=00:00:01", "How often an agent process is to give a sign of life.",
        "Dispatch__Slots", "Runs__KeepRecords", "Access__ApiKeys__0__Hash", "DAPR_GRPC_PORT", "APP_ID=orchestrator")]
    [InlineData("Monitor", "Monitor__KeepFor=90.00:00:00", "DATA_DIR", "APP_PORT", "APP_ID=monitor")]
    [InlineData("DocumentAgents", "Agent__ApiKey", "APP_ID=document-agents", "DAPR_API_TOKEN")]
    [InlineData("HelloAgent", "Agent__ApiKey", "APP_ID=hello-agent")]
    [InlineData("Sidecar", "--run-file FILE", "APP_API_TOKEN")]
    public async Task Help_OfAProgram_NamesWhatCanBeSet(string program, params string[] mentioned)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var path = Path.Combine(Paths.Root, "artifacts", "bin", program, configuration, program + ".dll");
        using var running =
            Process.Start(new ProcessStartInfo("dotnet", [path, "--help"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = running.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await running.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await running.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (running.ExitCode, await error));
        Assert.StartsWith($"{program}: ", output, StringComparison.Ordinal);
        Assert.All(mentioned, text => Assert.Contains(text, output, StringComparison.Ordinal));
    }
}
