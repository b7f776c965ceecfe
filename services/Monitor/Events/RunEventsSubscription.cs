using Dapr.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Monitor.Projection;

namespace Monitor.Events;

/// <summary>What the monitor tells its sidecar: that it subscribes to the events of runs, and where they are to be posted.</summary>
internal static class RunEventsSubscription
{
    private const string PubSub = "pubsub";
    private const string Topic = "run-events";

    // Enough for a burst, and no wait that anybody would see.
    private const int LargestBulk = 100;
    private const int LongestWaitMs = 20;

    public static IServiceCollection AddRunEvents(this IServiceCollection services) =>
        services.AddProjection().AddSingleton<RunEventsEndpoint>();

    public static void MapRunEvents(this WebApplication app)
    {
        app.UseCloudEvents();
        app.MapSubscribeHandler();
        app.MapPost($"/{Topic}", async (HttpRequest request, RunEventsEndpoint endpoint) =>
                Results.Json(await endpoint.TakeAsync(request.Body, request.HttpContext.RequestAborted)))
            .WithTopic(PubSub, Topic)
            // A bulk is as large as its entries are many; who may post here is decided by the app token.
            .WithMetadata(new DisableRequestSizeLimitAttribute())
            .WithBulkSubscribe(new BulkSubscribeTopicOptions
                { TopicName = Topic, MaxMessagesCount = LargestBulk, MaxAwaitDurationMs = LongestWaitMs });
    }
}
