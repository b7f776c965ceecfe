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
    public void IsAskedFor_CommandLine_IsRecognised(bool expected, params string[] args) =>
        Assert.Equal(expected, ServiceHelp.IsAskedFor(args));

    [Fact]
    public async Task RunAsync_Help_BuildsNothing() => await ServiceProgram.RunAsync(
        ["--help"], () =>
            new ServiceHelp("Test", "is tested.", "test", []), _ => throw new InvalidOperationException("nobody asked for the service"));

    /// <summary>Help that cannot be made must not keep a service from starting, nor make its start slower.</summary>
    [Fact]
    public async Task RunAsync_Start_MakesNoHelp() => await Assert.ThrowsAsync<NotSupportedException>(() => ServiceProgram.RunAsync(
        ["--APP_PORT=0"], () =>
            throw new InvalidOperationException("nobody asked for help"), _ => throw new NotSupportedException("it is built")));

    [Fact]
    public void Help_AppIdOfTheProgram_IsTheDefault() => Assert.Contains(
        "  APP_ID=test" + Environment.NewLine, new ServiceHelp("Test", "is tested.", "test", []).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("<doc><members><member name='P:A.B'><summary>cut o")]
    [InlineData("")]
    [InlineData("<doc><member><summary>Of nothing.</summary></member></doc>")]
    [InlineData(null)]
    public void Documentation_FileThatCannotBeUsed_CostsTheMeaningsOnly(string? text)
    {
        var folder = Directory.CreateTempSubdirectory("orchestration-").FullName;
        var file = Path.Combine(folder, "Some.xml");
        if (text is not null)
        {
            File.WriteAllText(file, text);
        }

        Assert.Empty(Documentation.In(file)["P:A.B"]);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Documentation_OfAnAssembly_IsReadOnce() =>
        Assert.Same(Documentation.Of(typeof(ServiceHelp).Assembly), Documentation.Of(typeof(ServiceHelp).Assembly));
}
