using System.Globalization;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Grpc.Core;
using static Dapr.Client.Autogen.Grpc.v1.StateOptions.Types;

namespace Sidecar.State;

/// <summary>The state building block on gRPC.</summary>
internal sealed class StateApi(StateComponents components, TimeProvider clock)
{
    private const string ExpireTime = "ttlExpireTime";

    public Task<GetStateResponse> GetAsync(string appId, GetStateRequest request, CancellationToken cancellationToken) =>
        Guarded(async () =>
        {
            var component = components.Find(appId, request.StoreName);
            var entries = await component.Store.GetAsync([component.KeyFor(appId, request.Key)], cancellationToken);
            var response = new GetStateResponse();
            if (entries[0] is { } entry)
            {
                response.Data = UnsafeByteOperations.UnsafeWrap(entry.Value);
                response.Etag = entry.Etag;
                response.Metadata.Add(Describe(entry));
            }

            return response;
        });

    public Task<GetBulkStateResponse> GetBulkAsync(string appId, GetBulkStateRequest request, CancellationToken cancellationToken) =>
        Guarded(async () =>
        {
            var component = components.Find(appId, request.StoreName);
            var entries = await component.Store.GetAsync([.. request.Keys.Select(key => component.KeyFor(appId, key))], cancellationToken);
            return new GetBulkStateResponse { Items = { request.Keys.Zip(entries, ToItem) } };
        });

    public Task SaveAsync(string appId, SaveStateRequest request, CancellationToken cancellationToken) =>
        CommitAsync(appId, request.StoreName, component =>
            request.States.Select(item => Upsert(component, appId, item)), cancellationToken);

    public Task DeleteAsync(string appId, DeleteStateRequest request, CancellationToken cancellationToken)
    {
        var item = new StateItem { Key = request.Key, Etag = request.Etag, Options = request.Options };
        return CommitAsync(appId, request.StoreName, component => [Delete(component, appId, item)], cancellationToken);
    }

    public Task DeleteBulkAsync(string appId, DeleteBulkStateRequest request, CancellationToken cancellationToken) =>
        CommitAsync(appId, request.StoreName, component =>
            request.States.Select(item => Delete(component, appId, item)), cancellationToken);

    public Task ExecuteAsync(string appId, ExecuteStateTransactionRequest request, CancellationToken cancellationToken) =>
        CommitAsync(
            appId,
            request.StoreName,
            component => request.Operations.Select(operation => operation.OperationType switch
            {
                "upsert" => (StateOperation)Upsert(component, appId, operation.Request),
                "delete" => Delete(component, appId, operation.Request),
                var other => throw new StateRequestException(StateProblem.BadRequest, $"operation type {other} not supported"),
            }),
            cancellationToken);

    private Task<bool> CommitAsync(
        string appId, string store, Func<StateComponent, IEnumerable<StateOperation>> operations, CancellationToken cancellationToken) =>
        Guarded(async () =>
        {
            var component = components.Find(appId, store);
            StateOperation[] all = [.. operations(component)];
            if (all.Length > 0)
            {
                await component.Store.CommitAsync(all, cancellationToken);
            }

            return true;
        });

    private UpsertOperation Upsert(StateComponent component, string appId, StateItem item) => new(
        component.KeyFor(appId, item.Key), item.Etag?.Value, IsFirstWrite(item), item.Value.ToByteArray(), StateComponent.Expiry(
            item.Metadata, clock));

    private static DeleteOperation Delete(StateComponent component, string appId, StateItem item) =>
        new(component.KeyFor(appId, item.Key), item.Etag?.Value, IsFirstWrite(item));

    private static bool IsFirstWrite(StateItem item) => item.Options?.Concurrency == StateConcurrency.ConcurrencyFirstWrite;

    private static BulkStateItem ToItem(string key, StateEntry? entry)
    {
        var item = new BulkStateItem { Key = key };
        if (entry is not null)
        {
            item.Data = UnsafeByteOperations.UnsafeWrap(entry.Value);
            item.Etag = entry.Etag;
            item.Metadata.Add(Describe(entry));
        }

        return item;
    }

    private static Dictionary<string, string> Describe(StateEntry entry) => entry.Expires is { } expires
        ? new Dictionary<string, string>
            { [ExpireTime] = expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) }
        : [];

    private static async Task<T> Guarded<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (StateRequestException error)
        {
            var code = error.Problem == StateProblem.NotConfigured ? StatusCode.FailedPrecondition : StatusCode.InvalidArgument;
            throw new RpcException(new Status(code, error.Message));
        }
        catch (EtagMismatchException error)
        {
            throw new RpcException(new Status(StatusCode.Aborted, error.Message));
        }
    }
}
