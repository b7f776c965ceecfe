using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Dapr;
using Dapr.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sdk.Tests.Grpc;

namespace Sdk.Tests.Dapr;

/// <summary>An app with subscriptions and a gRPC service.</summary>
internal sealed class SubscriberApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();

    private readonly TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SubscriberApp(WebApplication app) => _app = app;

    /// <summary>The sidecar has found the app and its subscriptions.</summary>
    public Task Subscribed => _subscribed.Task;

    public string Address => _app.Urls.Single();

    public static async Task<SubscriberApp> StartAsync(int port, HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["APP_API_TOKEN"] = "secret" });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = protocols));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<CallsProbe>();
        builder.Services.AddAuthentication().AddDapr();
        builder.Services.AddAuthorization(options => options.AddDapr());
        var app = builder.Build();
        var subscriber = new SubscriberApp(app);
        app.UseCloudEvents(new CloudEventsMiddlewareOptions { ForwardCloudEventPropertiesAsHeaders = true });
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(async (context, next) =>
        {
            await next(context);
            if (context.Request.Path == "/dapr/subscribe")
            {
                subscriber._subscribed.TrySetResult();
            }
        });
        app.MapSubscribeHandler();
        app.MapGrpcService<CallsService>();
        app.MapGet("sidecar-only", () => "in").RequireAuthorization("Dapr");
        app.MapPost("orders", subscriber.ReceiveAsync).WithTopic("pubsub", "orders");
        app.MapPost("large/orders", subscriber.ReceiveAsync).WithTopic(new TopicOptions
        {
            PubsubName = "pubsub",
            Name = "orders",
            Match = "event.type == \"large\"",
            Priority = 1,
            DeadLetterTopic = "failed",
            Metadata = { ["size"] = "large" },
        });
        app.MapPost("bulk", subscriber.ReceiveBulkAsync)
            .WithTopic("pubsub", "bulk")
            .WithBulkSubscribe(new BulkSubscribeTopicOptions { TopicName = "bulk", MaxMessagesCount = 10, MaxAwaitDurationMs = 50 });
        app.MapPost("echo", subscriber.ReceiveAsync);
        await app.StartAsync();
        return subscriber;
    }

    public async Task<Received> NextAsync(CancellationToken cancellationToken) => await _received.Reader.ReadAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        _received.Writer.TryWrite(new Received(
            context.Request.Path, context.Request.ContentType, context.Request.Headers["Cloudevent.type"], await reader.ReadToEndAsync()));
    }

    private BulkSubscribeAppResponse ReceiveBulkAsync(BulkSubscribeMessage<BulkMessageModel<JsonElement>> message)
    {
        foreach (var entry in message.Entries)
        {
            _received.Writer.TryWrite(new Received("/bulk", entry.ContentType, entry.Event!.Type, entry.Event.Data.GetRawText()));
        }

        return new BulkSubscribeAppResponse([.. message.Entries.Select(e => new BulkSubscribeAppResponseEntry(e.EntryId!, BulkSubscribeAppResponseStatus.SUCCESS))]);
    }

    internal sealed record Received(string Path, string? ContentType, string? Type, string Body);
}
