namespace Sidecar;

/// <summary>The command line: <c>Sidecar --run-file FILE --data DIR [--resources-path DIR ...]</c>.</summary>
internal sealed record SidecarOptions(string RunFile, string Data, IReadOnlyList<string> ResourcesPaths)
{
    public const string Usage = "usage: Sidecar --run-file FILE --data DIR [--resources-path DIR ...]";

    public const string Help = $"""
        Sidecar: a development daprd, one process that is the sidecar of every app of a run file.

        {Usage}

          --run-file FILE       Dapr multi-app run file: the apps, their ports, the folders of their components.
          --data DIR            Folder for workflow histories, state, events and jobs.
          --resources-path DIR  Folder whose components replace those of the same name; may be repeated.

        Variables of the environment:

          DAPR_API_TOKEN        Token that callers must send; without it everybody on this machine may call.
          APP_API_TOKEN         Token that is sent to the apps.

        Exit codes: 0 stopped, 2 the command line, the run file or a component is wrong.
        """;

    public static bool IsHelp(IEnumerable<string> args) => args.Any(arg => arg is "--help" or "-h" or "-?");

    public static SidecarOptions Parse(IReadOnlyList<string> args)
    {
        var values = new Dictionary<string, List<string>>();
        for (var i = 0; i < args.Count; i += 2)
        {
            if (args[i] is not ("--run-file" or "--data" or "--resources-path") || i + 1 == args.Count)
            {
                throw new Resources.ConfigurationException($"'{args[i]}' is not understood; {Usage}");
            }

            if (!values.TryGetValue(args[i], out var list))
            {
                values[args[i]] = list = [];
            }

            list.Add(args[i + 1]);
        }

        return new SidecarOptions(
            Single(values, "--run-file"), Path.GetFullPath(Single(values, "--data")), values.GetValueOrDefault("--resources-path") ?? []);
    }

    private static string Single(Dictionary<string, List<string>> values, string name) => values.TryGetValue(name, out var list)
        ? list[^1]
        : throw new Resources.ConfigurationException($"{name} is missing; {Usage}");
}
