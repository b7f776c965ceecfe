namespace EndToEnd.Tests;

internal static class Paths
{
    public static string Root { get; } = FindRoot();

    public static string Launcher { get; } = Path.Combine(Root, "artifacts", "bin", "Launcher", Configuration(), "Launcher.dll");

    public static string Orchestrate { get; } = Path.Combine(Root, "artifacts", "bin", "Cli", Configuration(), "orchestrate.dll");

    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory).Name;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "dapr.yaml")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }
}
