using Orchestration.Hosting;
using Orchestration.Hosting.Help;
using Orchestration.Hosting.Identity;

namespace Hosting.Tests;

/// <summary>What a service says to <c>--help</c>.</summary>
public sealed class HelpTests
{
    [Fact]
    public void Settings_OfOptions_HaveNameMeaningDefaultAndRange()
    {
        var settings = Setting.Of<ServiceHostOptions>("").ToDictionary(setting => setting.Name);
        Assert.Equal("Port for gRPC and sidecar callbacks; 0 lets the system choose.", settings["APP_PORT"].Meaning);
        Assert.Equal(("0", "0 to 65535"), (settings["APP_PORT"].Default, settings["APP_PORT"].Range));
        Assert.Equal(("00:00:40", ""), (settings["SHUTDOWN_TIMEOUT"].Default, settings["SHUTDOWN_TIMEOUT"].Range));

        Assert.Equal(
            ["Access__ApiKeys__0__Name", "Access__ApiKeys__0__Hash", "Access__ApiKeys__0__Tenant", "Access__ApiKeys__0__Roles__0"],
            Setting.Of<AccessOptions>(AccessOptions.Section).Select(setting => setting.Name));
    }

    [Theory]
    [InlineData(true, "--APP_PORT=0", "--help")]
    [InlineData(true, "-h")]
    [InlineData(false, "--APP_PORT=0")]
    public void IsAskedFor_CommandLine_IsRecognised(bool expected, params string[] args) => Assert.Equal(expected, ServiceHelp.IsAskedFor(args));

    [Fact]
    public async Task RunAsync_Help_BuildsNothing() => await ServiceProgram.RunAsync(
        ["--help"], new ServiceHelp("Test", "is tested.", []), _ => throw new InvalidOperationException("nobody asked for the service"));
}
