using Grpc.Core;
using Launcher.Jobs;
using Orchestration.Client;

namespace Launcher;

/// <summary>One launch: start, report, do the job, stop.</summary>
internal static class Launch
{
    public static async Task<int> RunAsync(LaunchOptions options, Interruption interruption)
    {
        var cancellationToken = interruption.Token;
        var layout = Layout.Find(options.RunFile);
        var job = Job(options, layout);
        using var data = DataFolder.Open(layout, options.Data, options.Keep);
        interruption.Forced = () => Leftovers.End(data.FullPath, _ => { });
        var console = new Screen(options.Logs);
        var runFile = Launcher.RunFile.Load(layout.RunFile);
        using var stopping = cancellationToken.Register(() =>
        {
            console.Clear();
            console.Line("Stopping everything … (once more: at once)");
        });
        int result;
        try
        {
            await using var system =
                new LocalSystem(layout, runFile, data.FullPath, console.Line, options.Logs ? console.Line : null, cancellationToken);
            result = await DoAsync(options, layout, job, console, system, data.FullPath, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.Clear();
            console.Line("Interrupted: everything is stopped, the job is not done.");
            Leave(data, console, options.Keep || job is { HasBegun: true });
            throw;
        }
        catch (InputException) when (job is { HasBegun: false })
        {
            Leave(data, console, options.Keep);
            throw;
        }

        Leave(data, console, options.Keep || (result != 0 && job is { HasBegun: true }));
        return result;
    }

    private static void Leave(DataFolder data, Screen screen, bool keep)
    {
        if (!keep)
        {
            data.Clear();
            return;
        }

        screen.Line($"Data and logs stay in {data.FullPath}; runs that had begun go on when it is started again with --keep --no-job --data {data.FullPath}.");
        screen.Line($"Then 'dotnet run --project services/Cli -- run list --connection {Path.Combine(data.FullPath, ConnectionFile.Name)}' finds them, and 'run show ID --output' has the result.");
        screen.Line("To forget them, delete the folder.");
    }

    private static async Task<int> DoAsync(
        LaunchOptions options, Layout layout, IJob? job, Screen screen, LocalSystem system, string data, CancellationToken cancellationToken)
    {
        screen.Line($"Starting {Path.GetFileName(layout.RunFile)} of {layout.Root}; data and logs in {data}");
        StatusReport.Print(await system.StartAsync(cancellationToken), screen);
        var result = job is null ? 0 : await GuardedAsync(job, system, screen, cancellationToken);
        if (!options.Keep)
        {
            return result;
        }

        screen.Line("");
        screen.Line($"The system is up at {system.Address} (gRPC). Key of the local administrator: {system.AdminKey}");
        foreach (var program in system.Programs)
        {
            screen.Line($"  {program.Name} (pid {program.ProcessId})");
        }

        foreach (var (appId, file) in system.ByHand)
        {
            screen.Line($"Start {appId} by hand; its environment is in {file} (sh: set -a; . {file}; set +a)");
        }

        var connection = system.WriteConnection();
        screen.Line($"The command line finds its way in {connection}:");
        screen.Line($"  dotnet run --project services/Cli -- status{(options.Data is null ? "" : $" --connection {connection}")}");
        screen.Line("Ctrl-C stops everything.");
        var failed = await Task.WhenAny(system.FailedAsync(), Task.Delay(Timeout.Infinite, cancellationToken));
        return failed is Task<string> reason ? throw new LaunchException(await reason) : result;
    }

    private static async Task<int> GuardedAsync(IJob job, LocalSystem system, Screen screen, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Reading a file may block for ever; nobody has to wait for that.
        var work = Task.Run(() => job.RunAsync(system.Client, screen, stop.Token), CancellationToken.None);
        var failed = system.FailedAsync();
        var first = await Task.WhenAny(work, failed, Task.Delay(Timeout.Infinite, stop.Token));
        if (first == failed)
        {
            await stop.CancelAsync();
            throw new LaunchException(await failed);
        }

        if (first != work)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        try
        {
            return await work;
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException problem)
        {
            screen.Line($"The job failed: {problem.StatusCode}: {StatusText.Of(problem.Status)}");
            return 1;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            screen.Line($"The result cannot be written: {problem.Message.TrimEnd('.')}. It is still in the data of the run.");
            return 1;
        }
    }

    private static IJob? Job(LaunchOptions options, Layout layout)
    {
        return (options.NoJob, options.Plan) switch
        {
            (true, _) => null,
            (_, { } plan) => new PlanJob(Existing(plan), options.Input is null ? null : Existing(options.Input), Output(options, layout)),
            _ => new DocumentBatchJob(
                Path.Combine(layout.Root, "examples", "documents", "batch.yaml"),
                ExistingFolder(options.Documents ?? Path.Combine(layout.Root, "examples", "documents", "files")),
                Output(options, layout)),
        };
    }

    private static string Output(LaunchOptions options, Layout layout)
        => OutputFolder.Prepare(options.Output ?? Path.Combine(layout.Root, "artifacts", "reports"));

    private static string ExistingFolder(string path)
        => !Directory.Exists(path) ? throw new LaunchException($"{path}: no such folder")
            : Directory.EnumerateFileSystemEntries(path).Any() ? Path.GetFullPath(path)
            : throw new LaunchException($"{path}: the folder is empty");

    private static string Existing(string path)
        => File.Exists(path) ? Path.GetFullPath(path) : throw new LaunchException($"{path}: no such file");
}
