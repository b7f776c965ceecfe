namespace Monitor.Projection;

internal static class ProjectionServices
{
    public static IServiceCollection AddProjection(this IServiceCollection services)
    {
        services.AddSingleton<EventCounts>();
        services.AddSingleton<EventIntake>();
        services.AddHostedService(provider => provider.GetRequiredService<EventIntake>());
        services.AddSingleton<GapWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<GapWatch>());
        services.AddHostedService<RetentionSweep>();
        return services;
    }
}
