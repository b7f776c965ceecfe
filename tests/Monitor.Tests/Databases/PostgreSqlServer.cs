using System.Diagnostics;
using Npgsql;

[assembly: AssemblyFixture(typeof(Monitor.Tests.Databases.PostgreSqlServer))]

namespace Monitor.Tests.Databases;

/// <summary>A PostgreSQL server of the tests' own, started when the first test asks for it. It listens on a socket file only.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private const string Installed = "/usr/lib/postgresql";
    private readonly SemaphoreSlim gate = new(1, 1);
    private string? folder;
    private int databases;

    /// <summary>A new, empty database; skips the test where there is no PostgreSQL.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var binaries = FindBinaries();
        Assert.SkipWhen(binaries is null, $"no PostgreSQL server under {Installed}");
        Assert.SkipWhen(IsRoot && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)),
            "PostgreSQL does not run as root, and there is no user 'postgres'");
        await gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            folder ??= await StartAsync(binaries);
        }
        finally
        {
            gate.Release();
        }

        var name = $"monitor{Interlocked.Increment(ref databases)}";
        await using var connection = new NpgsqlConnection(ConnectionTo("postgres"));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var create = connection.CreateCommand();
        create.CommandText = $"CREATE DATABASE {name}";
        await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return ConnectionTo(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (folder is not null)
        {
            await RunAsync(folder,
                [Path.Combine(FindBinaries()!, "pg_ctl"), "-D", Path.Combine(folder, "data"), "-m", "immediate", "stop"]);
            Directory.Delete(folder, recursive: true);
        }

        gate.Dispose();
    }

    private static bool IsRoot => Environment.UserName == "root";

    private static string? FindBinaries() =>
        !Directory.Exists(Installed) ? null
        : Directory.GetDirectories(Installed).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
            .FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")));

    private static async Task<string> StartAsync(string binaries)
    {
        var folder = Directory.CreateTempSubdirectory("monitor-pg").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        }

        var data = Path.Combine(folder, "data");
        await RunAsync(folder,
            [Path.Combine(binaries, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        var options = $"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off";
        await RunAsync(folder,
            [Path.Combine(binaries, "pg_ctl"), "-D", data, "-o", options, "-l", Path.Combine(folder, "server.log"), "-w", "start"]);
        return folder;
    }

    private static async Task RunAsync(string folder, string[] command)
    {
        // A daemon keeps what it inherits: its output goes to a file and not to a pipe that would never end.
        var log = Path.Combine(folder, "commands.log");
        string[] shell = ["sh", "-c", $"exec \"$@\" >>{log} 2>&1", "sh", .. command];
        string[] all = IsRoot ? ["runuser", "-u", "postgres", "--", .. shell] : shell;
        using var process = Process.Start(new ProcessStartInfo(all[0], all[1..]) { WorkingDirectory = folder })!;
        await process.WaitForExitAsync(CancellationToken.None);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)}: {await File.ReadAllTextAsync(log)}");
        }
    }

    private string ConnectionTo(string database) => $"Host={folder};Username=postgres;Database={database};Include Error Detail=true";
}
