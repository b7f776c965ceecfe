using Launcher;
using Orchestration.Client;

namespace Cli.Tests;

/// <summary>Run files, ports and logs of the launcher.</summary>
public sealed class LauncherPartsTests : IDisposable
{
    private readonly Folder _folder = new();

    /// <summary>As the official command line has it: common paths start at the file, an app's own at its folder.</summary>
    [Fact]
    public void RunFile_RelativePaths_StartWhereTheOfficialToolStartsThem()
    {
        var file = RunFile.Load(_folder.Write("sub/run.yaml", """
            version: 1
            common:
              resourcesPath: ../components
            apps:
              - appID: a
                appDirPath: ../apps/a
                resourcesPath: own
                configFilePath: config.yaml
                command: ["true"]
              - appID: by-hand
                appDirPath: .
            """));

        Assert.Equal(_folder["components"], file.Common.ResourcesPath);
        Assert.Equal(_folder["apps/a"], file.Apps[0].AppDirPath);
        Assert.Equal(_folder["apps/a/own"], file.Apps[0].ResourcesPath);
        Assert.Equal(_folder["apps/a/config.yaml"], file.Apps[0].ConfigFilePath);
        Assert.Empty(file.Apps[1].Command);
    }

    [Fact]
    public void RunFile_Saved_IsReadBackTheSame()
    {
        var file = RunFile.Load(
            _folder.Write("run.yaml",
            "version: 1\napps:\n  - { appID: a, appDirPath: ., appPort: 1, maxBodySize: 8Mi, resourcesPaths: [x, y], env: { A: b } }\n"));
        file.Save(_folder.Write("elsewhere/run.yaml", ""));
        var read = RunFile.Load(_folder["elsewhere/run.yaml"]);

        Assert.Equal([_folder["x"], _folder["y"]], read.Apps[0].ResourcesPaths);
        Assert.Equal("8Mi", read.Apps[0].MaxBodySize);
        Assert.Equal("b", read.Apps[0].Env["A"]);
    }

    [Theory]
    [InlineData("version: 1\napps: [ { appID: a, appPort: many } ]\n", "run.yaml:2:")]
    [InlineData("version: 1\napps: [\n", "run.yaml:")]
    [InlineData("version: 1\napps: []\n", "at least one app")]
    [InlineData("version: 1\napps: [ { appDirPath: . } ]\n", "apps[0].appID is missing")]
    public void RunFile_Broken_NamesThePlaceOnce(string text, string message)
    {
        var problem = Assert.Throws<LaunchException>(() => RunFile.Load(_folder.Write("run.yaml", text)));

        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Line:", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ports_HeldByOne_AreNotGivenToAnother()
    {
        using var one = new Ports();
        using var other = new Ports();
        var port = one.Take(0);

        Assert.NotEqual(port, other.Take(port));
        Assert.NotEqual(port, one.Take(port));
    }

    [Fact]
    public void Ports_FolderThatCannotBeWritten_SaysSo()
    {
        Assert.Contains("file.txt",
            Assert.Throws<LaunchException>(() => new Ports(Path.Combine(_folder.Write("file.txt", ""), "ports"))).Message,
            StringComparison.Ordinal);

        using var ports = new Ports(_folder["ports"]);
        Directory.Delete(_folder["ports"]);
        Assert.Contains(_folder["ports"], Assert.Throws<LaunchException>(() => ports.Take(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_ThatCannotBeWritten_LosesLinesAndEndsNothing()
    {
        using var log = new LogFile(_folder["app.log"], limit: 10);
        log.Line("0123456789");
        Directory.CreateDirectory(_folder["app.1.log"]);
        log.Line("cannot be set aside");
        File.Delete(_folder["app.log"]);
        Directory.CreateDirectory(_folder["app.log"]);
        log.Line("cannot be opened");
        Directory.Delete(_folder["app.log"]);
        log.Line("again");

        Assert.Equal("again", File.ReadLines(_folder["app.log"]).Single());
    }

    [Fact]
    public void Log_ThatIsFull_KeepsTheNewestTwoFiles()
    {
        using (var log = new LogFile(_folder["logs/app.log"], limit: 100))
        {
            for (var line = 0; line < 100; line++)
            {
                log.Line($"line {line:00}");
            }
        }

        Assert.Equal(2, Directory.GetFiles(_folder["logs"]).Length);
        Assert.All(Directory.GetFiles(_folder["logs"]), file => Assert.InRange(new FileInfo(file).Length, 1, 100));
        Assert.Equal("line 99", File.ReadLines(_folder["logs/app.log"]).Last());
    }

    [Fact]
    public void DataFolder_Made_IsItsOwnersAlone()
    {
        using var data = DataFolder.Open(new Layout(_folder.FullPath, "", "", ""), _folder["data"], keep: true);

        // Windows knows no mode.
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data.FullPath));
        }
    }

    [Fact]
    public void RegularFile_PipesAndLinks_AreNone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "files are told from pipes on Linux only");
        var file = _folder.Write("file.txt", "text");
        File.CreateSymbolicLink(_folder["link"], file);
        using (var pipe = System.Diagnostics.Process.Start("mkfifo", [_folder["pipe"]]))
        {
            pipe.WaitForExit();
        }

        Assert.True(RegularFile.Is(file));
        Assert.False(RegularFile.Is(_folder["link"]));
        Assert.False(RegularFile.Is(_folder["pipe"]));
        Assert.False(RegularFile.Is("/dev/null"));
    }

    /// <summary>A suspended program is ended after a few probes, be it starting or not; a slow one is given time.</summary>
    [Theory]
    [InlineData(true, 2, 1_000L, false)]
    [InlineData(true, 3, 1_000L, true)]
    [InlineData(true, 3, null, true)]
    [InlineData(false, 19, null, false)]
    [InlineData(false, 20, null, true)]
    [InlineData(false, 100, 119_000L, false)]
    [InlineData(false, 100, 121_000L, true)]
    [InlineData(false, 39, null, false, 1)]
    [InlineData(false, 40, null, true, 1)]
    [InlineData(false, 100, 239_000L, false, 1)]
    [InlineData(false, 319, null, false, 9)]
    [InlineData(false, 320, null, true, 9)]
    [InlineData(true, 3, null, true, 9)]
    public void Supervisor_SilentProgram_IsFrozenWhen(
        bool isSuspended, int failures, long? startingFor, bool isFrozen, int endedInARow = 0) =>
        Assert.Equal(isFrozen, Supervisor.IsFrozen(isSuspended, failures, startingFor, endedInARow));

    [Fact]
    public void EnvironmentFile_AnyValue_IsQuotedForTheShell()
    {
        EnvironmentFile.Write(_folder["apps/a.env"], [new("A", "it's $HOME"), new("B", "")]);

        Assert.Equal(["A='it'\\''s $HOME'", "B=''"], File.ReadLines(_folder["apps/a.env"]));
    }

    /// <summary>As a power cut may have left it.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("{\"Admin\": \"oak_")]
    public void Keys_FileThatIsBroken_IsNamed(string text)
    {
        var path = _folder.Write("keys.json", text);

        Assert.StartsWith($"{path}:1:", Assert.Throws<LaunchException>(() => Keys.LoadOrCreate(_folder.FullPath)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_Made_AreKept() => Assert.Equal(Keys.LoadOrCreate(_folder.FullPath), Keys.LoadOrCreate(_folder.FullPath));

    public void Dispose() => _folder.Dispose();
}
