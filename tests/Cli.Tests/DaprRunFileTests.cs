using System.Text.RegularExpressions;
using Launcher;

namespace Cli.Tests;

/// <summary>What <c>dapr run -f .</c> asks of the run files of this repository, as far as it can be checked without daprd.</summary>
public sealed partial class DaprRunFileTests
{
    /// <summary>Keys of the run file's published schema that these files may use.</summary>
    private static readonly string[] OfficialKeys =
    [
        "version", "common", "apps", "appID", "appDirPath", "appPort", "appProtocol", "appChannelAddress", "command", "configFilePath",
        "daprGRPCPort", "daprHTTPPort", "env", "maxBodySize", "metricsPort", "resourcesPath", "resourcesPaths",
    ];

    [Theory]
    [InlineData("dapr.yaml")]
    [InlineData("examples/agents/dapr.yaml")]
    public void RunFile_OfThisRepository_HasWhatDaprdNeeds(string name)
    {
        var path = Path.Combine(Paths.Root, name);
        var file = RunFile.Load(path);
        var ports = file.Apps.SelectMany(app => new[] { app.AppPort, app.DaprGRPCPort, app.DaprHTTPPort }).Where(port => port != 0)
            .ToList();

        Assert.All(file.Apps, app => Assert.True(app.AppPort > 0, $"daprd cannot call {app.AppID} without appPort"));
        Assert.Equal(ports.Count, ports.Distinct().Count());
        Assert.All(file.Apps, app => Assert.True(Directory.Exists(app.AppDirPath), app.AppDirPath));
        Assert.True(Directory.Exists(file.Common.ResourcesPath));
        Assert.Empty(file.Common.Env);
        Assert.Subset(OfficialKeys.ToHashSet(), Key().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value).ToHashSet());
    }

    [GeneratedRegex(@"^[ -]*([A-Za-z]+):", RegexOptions.Multiline)]
    private static partial Regex Key();
}
