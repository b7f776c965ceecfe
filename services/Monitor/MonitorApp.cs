using Monitor.Api;
using Monitor.Events;
using Monitor.Storage;
using Orchestration.Hosting;
using Orchestration.Hosting.Help;
using Orchestration.Hosting.Identity;

namespace Monitor;

/// <summary>The read side: takes the events of runs, keeps their history, answers questions about it.</summary>
internal static class MonitorApp
{
    private const string AppId = "monitor";

    public static ServiceHelp Help() => new(
        "Monitor",
        "takes the events of runs, keeps their history, answers questions about it.",
        AppId,
        [
            new Setting("DATA_DIR", "Folder of the history without PostgreSQL; 'data' beside the program otherwise."),
            .. Setting.Of<AccessOptions>(AccessOptions.Section),
            .. Setting.Of<MonitorOptions>(MonitorOptions.Section),
        ]);

    public static WebApplication Build(string[] args)
    {
        var builder = ServiceHost.CreateBuilder(args, AppId);
        builder.Services.AddAccess();
        builder.Services.AddHistory();
        builder.Services.AddRunEvents();
        builder.Services.AddRunQueries();

        var app = builder.Build();
        app.MapRunEvents();
        app.MapGrpcService<RunQueries>();
        return app;
    }
}
