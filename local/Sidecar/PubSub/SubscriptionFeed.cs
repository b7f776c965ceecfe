using Dapr.AppCallback.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sidecar.Apps;
using Sidecar.Invocation;
using Sidecar.Resources;
using Sidecar.RunFiles;

namespace Sidecar.PubSub;

/// <summary>Asks an app what it subscribes to, as daprd does when an app's port opens.</summary>
internal sealed class SubscriptionFeed(SidecarTokens tokens)
{
    /// <exception cref="HttpRequestException">The app cannot answer now.</exception>
    public Task<IReadOnlyList<Subscription>> AskAsync(AppReplica replica, CancellationToken cancellationToken) =>
        replica.Entry.Protocol == AppProtocol.Grpc ? AskGrpcAsync(replica, cancellationToken) : AskHttpAsync(replica, cancellationToken);

    private async Task<IReadOnlyList<Subscription>> AskHttpAsync(AppReplica replica, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(replica.Address, "/dapr/subscribe"))
        {
            Version = replica.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (tokens.App(replica) is { } token)
        {
            request.Headers.TryAddWithoutValidation(ForwardedHeaders.Token, token);
        }

        using var response = await replica.Invoker.SendAsync(request, cancellationToken);
        if (response.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return [];
        }

        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<List<AppSubscription>>(cancellationToken);
        return [.. (answer ?? []).Select(FromJson)];
    }

    private async Task<IReadOnlyList<Subscription>> AskGrpcAsync(AppReplica replica, CancellationToken cancellationToken)
    {
        var headers = new Metadata();
        if (tokens.App(replica) is { } token)
        {
            headers.Add(ForwardedHeaders.Token, token);
        }

        try
        {
            var client = new AppCallback.AppCallbackClient(replica.Grpc);
            var answer = await client.ListTopicSubscriptionsAsync(new Empty(), headers, cancellationToken: cancellationToken);
            return [.. answer.Subscriptions.Select(FromWire)];
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Unimplemented)
        {
            return [];
        }
        catch (RpcException error)
        {
            throw new HttpRequestException(error.Status.Detail, error);
        }
    }

    private static List<RouteRule> Rules(AppSubscription app)
    {
        var rules = (app.Routes?.Rules ?? []).Select(rule => new RouteRule(rule.Match, rule.Path ?? "")).ToList();
        if ((app.Routes?.Default ?? app.Route) is { Length: > 0 } path)
        {
            rules.Add(new RouteRule(null, path));
        }

        return rules;
    }

    private static Subscription FromJson(AppSubscription app) =>
        new(app.PubsubName ?? "", app.Topic ?? "", Rules(app))
        {
            DeadLetterTopic = string.IsNullOrEmpty(app.DeadLetterTopic) ? null : app.DeadLetterTopic,
            RawPayload = app.Metadata is { } metadata && metadata.TryGetValue("rawPayload", out var raw) && YamlMap.IsTrue(raw),
            Bulk = app.BulkSubscribe is { Enabled: true } bulk ? ToBulk(bulk.MaxMessagesCount, bulk.MaxAwaitDurationMs) : null,
        };

    private static Subscription FromWire(TopicSubscription wire)
    {
        var rules = (wire.Routes?.Rules ?? []).Select(rule => new RouteRule(rule.Match, rule.Path)).ToList();
        rules.Add(new RouteRule(null, wire.Routes?.Default ?? ""));
        return new Subscription(wire.PubsubName, wire.Topic, rules)
        {
            DeadLetterTopic = wire.DeadLetterTopic is { Length: > 0 } topic ? topic : null,
            RawPayload = wire.Metadata.TryGetValue("rawPayload", out var raw) && YamlMap.IsTrue(raw),
            Bulk = wire.BulkSubscribe is { Enabled: true } bulk ? ToBulk(bulk.MaxMessagesCount, bulk.MaxAwaitDurationMs) : null,
        };
    }

    private static BulkOptions ToBulk(int messages, int milliseconds) => new(
        messages > 0 ? messages : BulkOptions.Default.MaxMessages,
        milliseconds > 0 ? TimeSpan.FromMilliseconds(milliseconds) : BulkOptions.Default.MaxAwait);

    private sealed record AppSubscription(
        string? PubsubName, string? Topic, string? Route, AppRoutes? Routes, string? DeadLetterTopic, Dictionary<string,
            string>? Metadata, AppBulk? BulkSubscribe);

    private sealed record AppRoutes(List<AppRule>? Rules, string? Default);

    private sealed record AppRule(string? Match, string? Path);

    private sealed record AppBulk(bool Enabled, int MaxMessagesCount, int MaxAwaitDurationMs);
}
