using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Monitor.Projection;
using Monitor.Storage;
using Monitor.Watching;
using Orchestration.Contracts;

namespace Monitor.Tests.Databases;

/// <summary>The monitor's inside on a database, as one replica has it.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly IRunDatabase database;
    private readonly TimeProvider time;
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().AddSingleton<EventCounts>().BuildServiceProvider();

    private Rig(IRunDatabase database, MonitorOptions options, TimeProvider time)
    {
        this.time = time;
        this.database = database;
        History = new History(database);
        Hub = new RunHub(Options.Create(options));
        Watcher = new Watcher(History, Hub, Options.Create(options), time);
        Intake = new EventIntake(History, Hub, Options.Create(options), time, NullLogger<EventIntake>.Instance);
    }

    public History History { get; }

    public HistoryReader Reader => History.Reader;

    public RunHub Hub { get; }

    public Watcher Watcher { get; }

    public EventIntake Intake { get; }

    public static async Task<Rig> StartAsync(IRunDatabase database, MonitorOptions? options = null, TimeProvider? time = null)
    {
        var rig = new Rig(database, options ?? new MonitorOptions(), time ?? TimeProvider.System);
        await rig.History.OpenAsync(TestContext.Current.CancellationToken);
        await rig.Intake.StartAsync(TestContext.Current.CancellationToken);
        return rig;
    }

    /// <summary>Delivers the events as one message.</summary>
    public Task<bool> TryTakeAsync(params IEnumerable<RunEvent> events) =>
        Intake.TakeAsync([.. events], [], TestContext.Current.CancellationToken);

    /// <summary>Delivers the events as one message, which must be accepted.</summary>
    public async Task TakeAsync(params IEnumerable<RunEvent> events) => Assert.True(await TryTakeAsync(events));

    public async Task<RunRow> GetAsync(string runId, string tenant = "acme") =>
        await Reader.FindRunAsync(new RunKey(tenant, runId), TestContext.Current.CancellationToken)
            ?? throw new InvalidOperationException($"no run {runId}");

    public Task<IReadOnlyList<StepRow>> StepsAsync(string runId, string tenant = "acme") =>
        Reader.ReadStepsAsync(new RunKey(tenant, runId), TestContext.Current.CancellationToken);

    public async Task<StepRow> StepAsync(string runId, string stepId) => (await StepsAsync(runId)).Single(step => step.StepId == stepId);

    /// <summary>Everything stored about a run, as text that can be compared.</summary>
    public async Task<string> DumpAsync(string runId, string tenant = "acme")
    {
        var key = new RunKey(tenant, runId);
        var events = await Reader.ReadRunEventsAsync(key, 1, TestContext.Current.CancellationToken);
        return Dump.Of(await GetAsync(runId, tenant), await StepsAsync(runId, tenant))
            + string.Join('\n', events.Select(stored => stored.Event));
    }

    public GapWatch WatchGaps(ILogger<GapWatch> logger) =>
        new(History, Intake, services.GetRequiredService<EventCounts>(), Options.Create(new MonitorOptions()), time, logger);

    public RetentionSweep Sweep(MonitorOptions options, TimeProvider time) =>
        new(History, services.GetRequiredService<EventCounts>(), Options.Create(options), time, NullLogger<RetentionSweep>.Instance);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Intake.StopAsync(CancellationToken.None);
        Intake.Dispose();
        await database.DisposeAsync();
    }
}
