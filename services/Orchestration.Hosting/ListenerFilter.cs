using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Orchestration.Hosting.Identity;

namespace Orchestration.Hosting;

/// <summary>Sends the probe port to the probes and guards everything else with the app token, before any endpoint is looked up.</summary>
internal sealed class ListenerFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.MapWhen(
            context => context.Features.Get<Listener>() == Listener.Health,
            probes =>
            {
                probes.UseHealthChecks("/healthz/live", new HealthCheckOptions { Predicate = _ => false });
                probes.UseHealthChecks("/healthz/ready");
                probes.Run(context =>
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                });
            });
        app.UseMiddleware<AppTokenCheck>();
        next(app);
    };
}
