using Monitor.Watching;

namespace Monitor.Api;

internal static class ApiServices
{
    public static IServiceCollection AddRunQueries(this IServiceCollection services) =>
        services.AddSingleton<RunHub>().AddSingleton<Watcher>();
}
