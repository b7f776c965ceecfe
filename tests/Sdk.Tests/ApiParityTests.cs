using System.Diagnostics;
using Xunit;

namespace Sdk.Tests;

/// <summary>Whatever a stand-in makes public, the official package has too, so that services compile against either.</summary>
public sealed class ApiParityTests
{
    private static readonly string Shared =
        Environment.GetEnvironmentVariable("ORCHESTRATION_SHARED") ?? Path.Combine(RepositoryRoot(), "..", "shared");

    public static TheoryData<string, string, bool> Assemblies => new()
    {
        { "Grpc.Core.Api", "Grpc.Core.Api", true },
        { "Grpc.Net.Common", "Grpc.Net.Common", true },
        { "Grpc.Net.ClientFactory", "Grpc.Net.ClientFactory", false },
        { "Grpc.AspNetCore.HealthChecks", "Grpc.AspNetCore.HealthChecks", false },
        { "Grpc.AspNetCore.Server.Reflection", "Grpc.AspNetCore.Server.Reflection", false },
        { "Dapr.AspNetCore", "Dapr.AspNetCore", false },
        { "Dapr.Client", "Dapr.Client", false },
        { "Dapr.Common", "Dapr.Client", false },
        { "Dapr.DistributedLock", "Dapr.DistributedLock", false },
        { "Dapr.Jobs", "Dapr.Jobs", false },
        { "Dapr.Workflow", "Dapr.Workflow", false },
    };

    [Theory]
    [MemberData(nameof(Assemblies))]
    public async Task StandIn_ComparedWithOfficialApi_AddsNothing(string assembly, string api, bool complete)
    {
        var baseline = Path.Combine(Shared, "official-api", api + ".txt");
        Assert.SkipUnless(File.Exists(baseline), $"{baseline} is not there; ORCHESTRATION_SHARED names the folder it is looked for in.");

        var (exitCode, output) = await RunAsync(
            "run", Path.Combine(Shared, "tools", "ApiParity.cs"), "--", "check", baseline,
            Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));

        Assert.True(exitCode == 0, output);
        if (complete)
        {
            Assert.Contains($"{(await File.ReadAllLinesAsync(baseline, TestContext.Current.CancellationToken)).Length} public lines", output);
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }
}
