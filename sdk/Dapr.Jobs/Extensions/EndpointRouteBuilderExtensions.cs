using Dapr.Jobs.Callbacks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dapr.Jobs.Extensions;

/// <summary>Takes the triggers of jobs.</summary>
public static class EndpointRouteBuilderExtensions
{
    /// <summary>Calls a delegate for each trigger of any job. When it throws, the job's failure policy decides.</summary>
    /// <param name="endpoints">The app's endpoints.</param>
    /// <param name="action">
    /// Gets the job's name as a string, the payload as <c>ReadOnlyMemory&lt;byte&gt;</c>, a cancellation token, and anything else from the
    /// services of the trigger; may return a task.
    /// </param>
    /// <param name="timeout">After which the token is cancelled; null does not limit the time.</param>
    public static IEndpointRouteBuilder MapDaprScheduledJobHandler(
        this IEndpointRouteBuilder endpoints, Delegate action, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        var handler = new JobHandler(action, timeout);
        endpoints.MapPost("/job/{jobName}", (string jobName, HttpContext context) => HandleAsync(handler, jobName, context));
        if (endpoints.ServiceProvider.GetService<JobHandlerSlot>() is { } slot)
        {
            slot.Handler = handler;
            endpoints.MapGrpcService<JobCallbackService>();
        }

        return endpoints;
    }

    private static async Task HandleAsync(JobHandler handler, string jobName, HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        await handler.RunAsync(jobName, body.ToArray(), context.RequestServices, context.RequestAborted);
    }
}
