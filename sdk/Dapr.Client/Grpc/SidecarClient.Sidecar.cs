using Wire = Dapr.Client.Autogen.Grpc.v1;

namespace Dapr.Client;

#pragma warning disable DAPR_DISTRIBUTEDLOCK // implemented here

internal sealed partial class SidecarClient
{
    private static readonly TimeSpan HealthInterval = TimeSpan.FromMilliseconds(500);

    public override async Task<Dictionary<string, string>> GetSecretAsync(
        string storeName, string key, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
    {
        var request = new Wire.GetSecretRequest { StoreName = Required(storeName), Key = Required(key) };
        Add(request.Metadata, metadata);
        var response = await CallAsync("Reading a secret", _sidecar.GetSecretAsync(request, cancellationToken: cancellationToken));
        return response.Data.ToDictionary();
    }

    public override async Task<Dictionary<string, Dictionary<string, string>>> GetBulkSecretAsync(
        string storeName, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
    {
        var request = new Wire.GetBulkSecretRequest { StoreName = Required(storeName) };
        Add(request.Metadata, metadata);
        var response = await CallAsync("Reading secrets", _sidecar.GetBulkSecretAsync(request, cancellationToken: cancellationToken));
        return response.Data.ToDictionary(s => s.Key, s => s.Value.Secrets.ToDictionary());
    }

    public override async Task<TryLockResponse> Lock(
        string storeName, string resourceId, string lockOwner, int expiryInSeconds, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(expiryInSeconds);
        var request = new Wire.TryLockRequest
        {
            StoreName = Required(storeName),
            ResourceId = Required(resourceId),
            LockOwner = Required(lockOwner),
            ExpiryInSeconds = expiryInSeconds,
        };
        var response = await CallAsync("Locking", _sidecar.TryLockAlpha1Async(request, cancellationToken: cancellationToken));
        return new TryLockResponse { Success = response.Success, StoreName = storeName, ResourceId = resourceId, LockOwner = lockOwner };
    }

    public override async Task<UnlockResponse> Unlock(
        string storeName, string resourceId, string lockOwner, CancellationToken cancellationToken = default)
    {
        var request = new Wire.UnlockRequest { StoreName = Required(storeName), ResourceId = Required(resourceId), LockOwner = Required(lockOwner) };
        var response = await CallAsync("Unlocking", _sidecar.UnlockAlpha1Async(request, cancellationToken: cancellationToken));
        return new UnlockResponse(response.Status switch
        {
            Wire.UnlockResponse.Types.Status.Success => LockStatus.Success,
            Wire.UnlockResponse.Types.Status.LockDoesNotExist => LockStatus.LockDoesNotExist,
            Wire.UnlockResponse.Types.Status.LockBelongsToOthers => LockStatus.LockBelongsToOthers,
            _ => LockStatus.InternalError,
        });
    }

    public override Task<bool> CheckHealthAsync(CancellationToken cancellationToken = default) => IsOkAsync("/v1.0/healthz", cancellationToken);

    public override Task<bool> CheckOutboundHealthAsync(CancellationToken cancellationToken = default) =>
        IsOkAsync("/v1.0/healthz/outbound", cancellationToken);

    public override async Task WaitForSidecarAsync(CancellationToken cancellationToken = default)
    {
        while (!await CheckOutboundHealthAsync(cancellationToken))
        {
            await Task.Delay(HealthInterval, cancellationToken);
        }
    }

    public override async Task ShutdownSidecarAsync(CancellationToken cancellationToken = default) =>
        await CallAsync("Shutting down", _sidecar.ShutdownAsync(new Wire.ShutdownRequest(), cancellationToken: cancellationToken));

    public override async Task<DaprMetadata> GetMetadataAsync(CancellationToken cancellationToken = default)
    {
        var metadata = await CallAsync("Reading metadata", _sidecar.GetMetadataAsync(new Wire.GetMetadataRequest(), cancellationToken: cancellationToken));
        return new DaprMetadata(
            metadata.Id,
            [.. (metadata.ActorRuntime?.ActiveActors ?? []).Select(a => new DaprActorMetadata(a.Type, a.Count))],
            metadata.ExtendedMetadata.ToDictionary(),
            [.. metadata.RegisteredComponents.Select(c => new DaprComponentsMetadata(c.Name, c.Type, c.Version, [.. c.Capabilities]))]);
    }

    public override async Task SetMetadataAsync(string attributeName, string attributeValue, CancellationToken cancellationToken = default)
    {
        var request = new Wire.SetMetadataRequest { Key = Required(attributeName), Value = attributeValue };
        await CallAsync("Writing metadata", _sidecar.SetMetadataAsync(request, cancellationToken: cancellationToken));
    }

    private async Task<bool> IsOkAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(_httpEndpoint, path), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
