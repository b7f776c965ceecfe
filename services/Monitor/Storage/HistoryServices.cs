using Microsoft.Extensions.Options;
using Orchestration.Hosting.Options;

namespace Monitor.Storage;

internal static class HistoryServices
{
    /// <summary>The history in PostgreSQL when a connection string is configured, else in <c>monitor.db</c> under DATA_DIR.</summary>
    public static IServiceCollection AddHistory(this IServiceCollection services)
    {
        services.AddCheckedOptions<MonitorOptions>(MonitorOptions.Section);
        services.AddSingleton<IRunDatabase>(provider =>
            provider.GetRequiredService<IOptions<MonitorOptions>>().Value.PostgreSql is { Length: > 0 } connectionString
                ? new PostgreSqlDatabase(connectionString)
                : new SqliteDatabase(FileFor(provider.GetRequiredService<IConfiguration>())));
        services.AddSingleton<History>();
        services.AddHostedService<HistoryStart>();
        services.AddHealthChecks().AddCheck<HistoryCheck>("history");
        return services;
    }

    private static string FileFor(IConfiguration configuration) =>
        Path.Combine(configuration["DATA_DIR"] is { Length: > 0 } folder
            ? folder
            : Path.Combine(AppContext.BaseDirectory, "data"), "monitor.db");
}
