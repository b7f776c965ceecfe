namespace Launcher;

/// <summary>Where things are: the repository, what was built, and where data goes.</summary>
/// <param name="Root">Folder of the product, with its examples, and with data and reports under <c>artifacts</c>.</param>
/// <param name="RunFile">The run file.</param>
/// <param name="Binaries">Folder with one folder per built program.</param>
/// <param name="Configuration">Build configuration, "debug" or "release".</param>
internal sealed record Layout(string Root, string RunFile, string Binaries, string Configuration)
{
    /// <summary>Finds the places from the launcher's own, so that any working folder will do.</summary>
    /// <exception cref="LaunchException">There is no run file.</exception>
    public static Layout Find(string? runFile)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = own.Name;
        var binaries = own.Parent?.Parent?.FullName ?? own.FullName;
        var file = runFile is not null ? Path.GetFullPath(runFile) : SearchUpwards(own);
        return file is not null && File.Exists(file)
            ? new Layout(Path.GetDirectoryName(SearchUpwards(own) ?? file)!, file, binaries, configuration)
            : throw new LaunchException(runFile is null
                ? $"no dapr.yaml above {own.FullName}; name one with --run-file"
                : $"--run-file {runFile}: no such file");
    }

    /// <summary>The built program of a project.</summary>
    /// <exception cref="LaunchException">It was not built.</exception>
    public string Program(string project)
    {
        var path = Path.Combine(Binaries, project, Configuration, project + ".dll");
        return File.Exists(path) ? path : throw new LaunchException($"{path} is missing; build the solution first (dotnet build)");
    }

    /// <summary>The run file names the programs of a debug build; a release launcher starts release programs.</summary>
    public IReadOnlyList<string> Command(RunFileApp app)
        => [.. app.Command.Select(part => part.Replace("/debug/", $"/{Configuration}/", StringComparison.Ordinal))];

    private static string? SearchUpwards(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "dapr.yaml");
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
