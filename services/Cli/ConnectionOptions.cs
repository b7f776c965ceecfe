using System.CommandLine;
using System.CommandLine.Parsing;
using Orchestration.Client;

namespace Cli;

/// <summary>
/// Where the system is and who is calling: options before environment before the connection file that a launcher leaves. An
/// address that is given never gets the key of another system's file, and an address that was merely found never gets a key that was
/// given: whoever planted the file would have it.
/// </summary>
internal static class ConnectionOptions
{
    public const string Explanation = """
        The system: --address, or ORCHESTRATION_ADDRESS, or the connection file that a launcher leaves with --keep. The key:
        --api-key-file, or ORCHESTRATION_API_KEY, or the same connection file. With an address, a sidecar's token is DAPR_API_TOKEN.
        A connection file that is found and not named is used with its own key only, and only when it is yours alone (mode 0600): with
        another key in the environment, say for which system it is.
        """;

    private static readonly Option<Uri?> Address = new("--address")
    {
        Description = "gRPC address of a Dapr sidecar of the system, for example http://127.0.0.1:7110; otherwise ORCHESTRATION_ADDRESS, otherwise the connection file.",
        HelpName = "URL",
        CustomParser = HttpAddress.Parse,
        Recursive = true,
    };

    private static readonly Option<string?> ApiKeyFile =
        new("--api-key-file")
            { Description = "File that holds the API key; otherwise ORCHESTRATION_API_KEY, otherwise the connection file.",
            HelpName = "FILE", Recursive = true };

    private static readonly Option<string?> Connection =
        new("--connection")
            { Description = "Connection file of a launcher that runs with --keep; otherwise artifacts/launcher/data/connection.json above the working folder or the program.", HelpName = "FILE", Recursive = true };

    private static readonly string Kept = Path.Combine("artifacts", "launcher", "data", ConnectionFile.Name);

    /// <summary>They stand before or after the name of the command.</summary>
    public static void AddTo(RootCommand command)
    {
        command.Add(Address);
        command.Add(ApiKeyFile);
        command.Add(Connection);
    }

    /// <summary>What stands on the command line, for a command that calls something else there.</summary>
    public static Uri? AddressIn(ParseResult parsed) => parsed.GetValue(Address);

    public static bool HasAddress(SymbolResult result) => result.GetResult(Address) is not null;

    /// <summary>What the caller gave.</summary>
    /// <exception cref="CliException">No system, or no key, is named anywhere.</exception>
    public static OrchestrationClientOptions Read(ParseResult parsed)
    {
        var key = parsed.GetValue(ApiKeyFile) is { } file ? KeyOf(file) : Environment("ORCHESTRATION_API_KEY");
        if (AddressGiven(parsed) is { } address)
        {
            return Options(address, key ?? throw new CliException(
                ExitCode.Usage, $"no key for {address}: give --api-key-file FILE or ORCHESTRATION_API_KEY"), Environment("DAPR_API_TOKEN"));
        }

        if (parsed.GetValue(Connection) is { } named)
        {
            var chosen = ConnectionFile.Read(named);
            return Options(chosen.Address, key ?? chosen.ApiKey, chosen.DaprApiToken);
        }

        return OfFound(FindKept(), key, parsed.GetValue(ApiKeyFile) is null ? "ORCHESTRATION_API_KEY" : "--api-key-file");
    }

    /// <summary>The same system for a command that needs no key: its sidecar, and the token that it asks for.</summary>
    /// <exception cref="CliException">No system is named anywhere.</exception>
    public static (Uri Address, string? Token) ReadSidecar(ParseResult parsed)
    {
        if (AddressGiven(parsed) is { } address)
        {
            return (address, Environment("DAPR_API_TOKEN"));
        }

        var file = parsed.GetValue(Connection) is { } named ? ConnectionFile.Read(named) : ReadFound(FindKept());
        return (file.Address, file.DaprApiToken);
    }

    /// <summary>What a file says that nobody named.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The key that was given; null for none.</param>
    /// <param name="source">Where it was given.</param>
    /// <exception cref="InputException">It cannot be used, or may be somebody else's.</exception>
    /// <exception cref="CliException">Another key was given: neither is it sent to where the file says, nor is the file's used in its
    /// place.</exception>
    internal static OrchestrationClientOptions OfFound(string path, string? key, string source)
    {
        var kept = ReadFound(path);
        if (key is not null && key != kept.ApiKey)
        {
            throw new CliException(
                ExitCode.Usage, $"{source}: for which system? Give --address (or ORCHESTRATION_ADDRESS) or --connection FILE; "
                + $"the key is not sent to the address in {path}, which was merely found. To use that system with its own key, leave {source} out.");
        }

        return Options(kept.Address, kept.ApiKey, kept.DaprApiToken);
    }

    private static ConnectionFile ReadFound(string path)
    {
        using var file = OwnFile.Open(path);
        return ConnectionFile.Read(path, file);
    }

    private static Uri? AddressGiven(ParseResult parsed) => parsed.GetValue(Address) ?? AddressOfEnvironment(parsed.GetValue(Connection));

    private static Uri? AddressOfEnvironment(string? connection)
        => connection is not null || Environment("ORCHESTRATION_ADDRESS") is not { } text ? null
            : HttpAddress.Of(text) ?? throw new CliException(ExitCode.Usage, $"ORCHESTRATION_ADDRESS: '{text}' is no http address");

    private static OrchestrationClientOptions Options(Uri address, string key, string? token) => new()
    {
        Address = address,
        ApiKey = key,
        DaprApiToken = token,
        CallTimeout = TimeSpan.FromSeconds(30),
    };

    private static string KeyOf(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim() is { Length: > 0 } key ? key : throw new InputException($"{file}: the file holds no key");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file}: {problem.Message}");
        }
    }

    private static string FindKept()
        => Upwards(Directory.GetCurrentDirectory()).Concat(Upwards(AppContext.BaseDirectory))
            .Select(folder => Path.Combine(folder, Kept)).FirstOrDefault(File.Exists)
            ?? throw new CliException(
                ExitCode.Unreachable,
                "no system is named: start one with 'dotnet run --project local/Launcher -- --keep --no-job', or give --address or --connection (see --help)");

    private static IEnumerable<string> Upwards(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }

    private static string? Environment(string name) => System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : null;
}
