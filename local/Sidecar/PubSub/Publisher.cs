using System.Globalization;
using System.Text.Json;
using Dapr.Client.Autogen.Grpc.v1;
using Grpc.Core;
using Microsoft.Data.Sqlite;

namespace Sidecar.PubSub;

/// <summary>The publishing side, for gRPC and HTTP.</summary>
internal sealed class Publisher(PubSubComponents components, TimeProvider clock)
{
    /// <summary>Returns when the event is on disk.</summary>
    /// <exception cref="PublishException">The request is refused.</exception>
    public Task PublishAsync(PublishContext context, ReadOnlyMemory<byte> data, string contentType, CancellationToken cancellationToken)
    {
        var component = components.FindForPublish(context.AppId, context.PubSub, context.Topic);
        return component.PublishAsync([ToMessage(context, data, contentType)], cancellationToken);
    }

    /// <exception cref="PublishException">The app may not publish there.</exception>
    public void Check(string appId, string pubSub, string topic) => components.FindForPublish(appId, pubSub, topic);

    public async Task<BulkPublishResponse> PublishAsync(string appId, BulkPublishRequest request, CancellationToken cancellationToken)
    {
        var component = components.FindForPublish(appId, request.PubsubName, request.Topic);
        if (request.Entries.Any(entry => entry.EntryId.Length == 0)
            || request.Entries.DistinctBy(entry => entry.EntryId).Count() < request.Entries.Count)
        {
            throw new PublishException(PublishProblem.BadEvents, "every entry needs an entryId of its own");
        }

        var response = new BulkPublishResponse();
        var messages = new List<NewMessage>(request.Entries.Count);
        foreach (var entry in request.Entries)
        {
            var metadata = new Dictionary<string, string>(request.Metadata);
            foreach (var (name, value) in entry.Metadata)
            {
                metadata[name] = value;
            }

            try
            {
                var context = new PublishContext(appId, request.PubsubName, request.Topic, metadata, null, null);
                messages.Add(ToMessage(context, entry.Event.Memory, entry.ContentType));
            }
            catch (PublishException error)
            {
                response.FailedEntries.Add(new BulkPublishResponseFailedEntry { EntryId = entry.EntryId, Error = error.Message });
            }
        }

        await component.PublishAsync(messages, cancellationToken);
        return response;
    }

    /// <summary>The same errors as gRPC status.</summary>
    public static async Task<T> GuardedAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (PublishException error)
        {
            throw new RpcException(new Status(ToCode(error.Problem), error.Message));
        }
        catch (SqliteException error)
        {
            throw new RpcException(new Status(StatusCode.Internal, error.Message));
        }
    }

    private static StatusCode ToCode(PublishProblem problem) => problem switch
    {
        PublishProblem.NotConfigured => StatusCode.FailedPrecondition,
        PublishProblem.Forbidden => StatusCode.PermissionDenied,
        _ => StatusCode.InvalidArgument,
    };

    private NewMessage ToMessage(PublishContext context, ReadOnlyMemory<byte> data, string contentType)
    {
        var now = clock.GetUtcNow();
        var expires = context["ttlInSeconds"] is not { } text ? (DateTimeOffset?)null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? now.AddSeconds(seconds)
            : throw new PublishException(PublishProblem.BadRequest, $"ttlInSeconds must be a number of seconds, not '{text}'");
        try
        {
            var content = context.IsRaw ? data.ToArray() : CloudEvent.Wrap(data, contentType, context, now);
            return new NewMessage(context.Topic, content, context.IsRaw, expires) { Metadata = context.Metadata };
        }
        catch (JsonException error)
        {
            throw new PublishException(PublishProblem.BadRequest, error.Message);
        }
    }
}
