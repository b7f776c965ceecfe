using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Wire = Dapr.Client.Autogen.Grpc.v1;

namespace Dapr.Client;

internal sealed partial class SidecarClient
{
    public override async Task<TValue> GetStateAsync<TValue>(
        string storeName,
        string key,
        ConsistencyMode? consistencyMode = null,
        IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default) =>
        (await GetStateAndETagAsync<TValue>(storeName, key, consistencyMode, metadata, cancellationToken)).value;

    public override async Task<(TValue value, string etag)> GetStateAndETagAsync<TValue>(
        string storeName,
        string key,
        ConsistencyMode? consistencyMode = null,
        IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default)
    {
        var response = await ReadAsync(storeName, key, consistencyMode, metadata, cancellationToken);
        return (FromJson<TValue>(response.Data), response.Etag);
    }

    public override async Task<ReadOnlyMemory<byte>> GetByteStateAsync(
        string storeName,
        string key,
        ConsistencyMode? consistencyMode = null,
        IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default) =>
        (await ReadAsync(storeName, key, consistencyMode, metadata, cancellationToken)).Data.Memory;

    public override async Task<(ReadOnlyMemory<byte>, string etag)> GetByteStateAndETagAsync(
        string storeName,
        string key,
        ConsistencyMode? consistencyMode = null,
        IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default)
    {
        var response = await ReadAsync(storeName, key, consistencyMode, metadata, cancellationToken);
        return (response.Data.Memory, response.Etag);
    }

    public override async Task<IReadOnlyList<BulkStateItem>> GetBulkStateAsync(
        string storeName,
        IReadOnlyList<string> keys,
        int? parallelism,
        IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default) =>
        [.. (await ReadBulkAsync(storeName, keys, parallelism, metadata, cancellationToken))
            .Select(i => new BulkStateItem(i.Key, i.Data.ToStringUtf8(), i.Etag))];

    public override async Task<IReadOnlyList<BulkStateItem<TValue>>> GetBulkStateAsync<TValue>(
        string storeName,
        IReadOnlyList<string> keys,
        int? parallelism,
        IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default) =>
        [.. (await ReadBulkAsync(storeName, keys, parallelism, metadata, cancellationToken))
            .Select(i => new BulkStateItem<TValue>(i.Key, FromJson<TValue>(i.Data), i.Etag))];

    public override Task SaveStateAsync<TValue>(
        string storeName,
        string key,
        TValue value,
        StateOptions? stateOptions = null,
        IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default) =>
        WriteAsync(storeName, Item(key, ToJson(value), null, stateOptions, metadata), cancellationToken);

    public override Task<bool> TrySaveStateAsync<TValue>(
        string storeName,
        string key,
        TValue value,
        string etag,
        StateOptions? stateOptions = null,
        IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default) =>
        TryWriteAsync(storeName, Item(key, ToJson(value), NotNull(etag), stateOptions, metadata), cancellationToken);

    public override Task SaveByteStateAsync(
        string storeName,
        string key,
        ReadOnlyMemory<byte> binaryValue,
        StateOptions? stateOptions = null,
        IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default) =>
        WriteAsync(storeName, Item(key, ByteString.CopyFrom(binaryValue.Span), null, stateOptions, metadata), cancellationToken);

    public override Task<bool> TrySaveByteStateAsync(
        string storeName,
        string key,
        ReadOnlyMemory<byte> binaryValue,
        string etag,
        StateOptions? stateOptions = null,
        IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default) =>
        TryWriteAsync(storeName, Item(key, ByteString.CopyFrom(binaryValue.Span), NotNull(etag), stateOptions, metadata), cancellationToken);

    public override async Task SaveBulkStateAsync<TValue>(
        string storeName, IReadOnlyList<SaveStateItem<TValue>> items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        var request = new Wire.SaveStateRequest { StoreName = Required(storeName) };
        request.States.AddRange(items.Select(i => Item(i.Key, ToJson(i.Value), i.ETag, i.StateOptions, i.Metadata)));
        await CallAsync("Saving state", _sidecar.SaveStateAsync(request, cancellationToken: cancellationToken));
    }

    public override async Task DeleteStateAsync(
        string storeName,
        string key,
        StateOptions? stateOptions = null,
        IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default) =>
        await CallAsync(
            "Deleting state",
            _sidecar.DeleteStateAsync(Deletion(storeName, key, null, stateOptions, metadata), cancellationToken: cancellationToken));

    public override Task<bool> TryDeleteStateAsync(
        string storeName,
        string key,
        string etag,
        StateOptions? stateOptions = null,
        IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default) =>
        TryCallAsync(
            "Deleting state",
            _sidecar.DeleteStateAsync(Deletion(storeName, key, NotNull(etag), stateOptions, metadata), cancellationToken: cancellationToken));

    public override async Task DeleteBulkStateAsync(
        string storeName, IReadOnlyList<BulkDeleteStateItem> items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        var request = new Wire.DeleteBulkStateRequest { StoreName = Required(storeName) };
        request.States.AddRange(items.Select(i => Item(i.Key, ByteString.Empty, i.ETag, i.StateOptions, i.Metadata)));
        await CallAsync("Deleting state", _sidecar.DeleteBulkStateAsync(request, cancellationToken: cancellationToken));
    }

    public override async Task ExecuteStateTransactionAsync(
        string storeName,
        IReadOnlyList<StateTransactionRequest> operations,
        IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operations);
        var request = new Wire.ExecuteStateTransactionRequest { StoreName = Required(storeName) };
        Add(request.Metadata, metadata);
        request.Operations.AddRange(operations.Select(o => new Wire.TransactionalStateOperation
        {
            OperationType = o.OperationType == StateOperationType.Delete ? "delete" : "upsert",
            Request = Item(o.Key, ByteString.CopyFrom(o.Value ?? []), o.ETag, o.Options, o.Metadata),
        }));
        await CallAsync("The state transaction", _sidecar.ExecuteStateTransactionAsync(request, cancellationToken: cancellationToken));
    }

    private async Task<Wire.GetStateResponse> ReadAsync(
        string storeName, string key, ConsistencyMode? consistency, IReadOnlyDictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        var request = new Wire.GetStateRequest { StoreName = Required(storeName), Key = Required(key), Consistency = Consistency(consistency) };
        Add(request.Metadata, metadata);
        return await CallAsync("Reading state", _sidecar.GetStateAsync(request, cancellationToken: cancellationToken));
    }

    private async Task<RepeatedField<Wire.BulkStateItem>> ReadBulkAsync(
        string storeName,
        IReadOnlyList<string> keys,
        int? parallelism,
        IReadOnlyDictionary<string, string>? metadata,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentOutOfRangeException.ThrowIfZero(keys.Count, nameof(keys));
        var request = new Wire.GetBulkStateRequest { StoreName = Required(storeName), Parallelism = parallelism ?? default };
        request.Keys.AddRange(keys);
        Add(request.Metadata, metadata);
        var items = (await CallAsync("Reading state", _sidecar.GetBulkStateAsync(request, cancellationToken: cancellationToken))).Items;
        // The official client gives such an item back as if the key were missing.
        return items.FirstOrDefault(i => i.Error.Length > 0) is { } failed
            ? throw new DaprException($"Reading state of key '{failed.Key}' failed: {failed.Error}")
            : items;
    }

    private async Task WriteAsync(string storeName, Wire.StateItem item, CancellationToken cancellationToken) =>
        await CallAsync("Saving state", _sidecar.SaveStateAsync(Saving(storeName, item), cancellationToken: cancellationToken));

    private Task<bool> TryWriteAsync(string storeName, Wire.StateItem item, CancellationToken cancellationToken) =>
        TryCallAsync("Saving state", _sidecar.SaveStateAsync(Saving(storeName, item), cancellationToken: cancellationToken));

    private static Wire.SaveStateRequest Saving(string storeName, Wire.StateItem item) =>
        new() { StoreName = Required(storeName), States = { item } };

    private static Wire.DeleteStateRequest Deletion(
        string storeName, string key, string? etag, StateOptions? options, IReadOnlyDictionary<string, string>? metadata)
    {
        var request = new Wire.DeleteStateRequest { StoreName = Required(storeName), Key = Required(key), Etag = ETag(etag), Options = Options(options) };
        Add(request.Metadata, metadata);
        return request;
    }

    private static Wire.StateItem Item(
        string key, ByteString value, string? etag, StateOptions? options, IReadOnlyDictionary<string, string>? metadata)
    {
        var item = new Wire.StateItem { Key = Required(key), Value = value, Etag = ETag(etag), Options = Options(options) };
        Add(item.Metadata, metadata);
        return item;
    }

    private static Wire.Etag? ETag(string? etag) => etag is null ? null : new Wire.Etag { Value = etag };

    private static Wire.StateOptions? Options(StateOptions? options) => options is null ? null : new Wire.StateOptions
    {
        Consistency = Consistency(options.Consistency),
        Concurrency = options.Concurrency switch
        {
            ConcurrencyMode.FirstWrite => Wire.StateOptions.Types.StateConcurrency.ConcurrencyFirstWrite,
            ConcurrencyMode.LastWrite => Wire.StateOptions.Types.StateConcurrency.ConcurrencyLastWrite,
            _ => Wire.StateOptions.Types.StateConcurrency.ConcurrencyUnspecified,
        },
    };

    private static Wire.StateOptions.Types.StateConsistency Consistency(ConsistencyMode? mode) => mode switch
    {
        ConsistencyMode.Eventual => Wire.StateOptions.Types.StateConsistency.ConsistencyEventual,
        ConsistencyMode.Strong => Wire.StateOptions.Types.StateConsistency.ConsistencyStrong,
        _ => Wire.StateOptions.Types.StateConsistency.ConsistencyUnspecified,
    };

    private ByteString ToJson<T>(T value) =>
        value is null ? ByteString.Empty : UnsafeByteOperations.UnsafeWrap(JsonSerializer.SerializeToUtf8Bytes(value, _json));

    private T FromJson<T>(ByteString data) => data.IsEmpty ? default! : JsonSerializer.Deserialize<T>(data.Span, _json)!;

    private static void Add(MapField<string, string> map, IReadOnlyDictionary<string, string>? entries)
    {
        foreach (var (key, value) in entries ?? new Dictionary<string, string>())
        {
            map[key] = value;
        }
    }

    private static string Required(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        return value;
    }

    private static string NotNull(string etag)
    {
        ArgumentNullException.ThrowIfNull(etag);
        return etag;
    }
}
