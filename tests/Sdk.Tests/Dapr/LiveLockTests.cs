#pragma warning disable DAPR_DISTRIBUTEDLOCK // tested here
using Dapr;
using Dapr.DistributedLock;
using Dapr.DistributedLock.Extensions;
using Dapr.DistributedLock.Models;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Sdk.Tests.Dapr;

/// <summary>Locks at the development sidecar.</summary>
public sealed class LiveLockTests : IClassFixture<LiveSidecar>, IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly DaprDistributedLockClient _locks;
    private readonly string _resource = Guid.NewGuid().ToString("N");

    public LiveLockTests(LiveSidecar sidecar)
    {
        var services = new ServiceCollection();
        services.AddDaprDistributedLock((_, builder) => builder.UseGrpcEndpoint(sidecar.GrpcEndpoint), ServiceLifetime.Singleton);
        _services = services.BuildServiceProvider();
        _locks = _services.GetRequiredService<DaprDistributedLockClient>();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task Lock_Held_IsRefusedUntilDisposed()
    {
        await using (var held = await _locks.TryLockAsync("locks", _resource, "me", 600, Token))
        {
            Assert.Equal(("locks", _resource, "me"), (held!.StoreName, held.ResourceId, held.LockOwner));
            Assert.Null(await _locks.TryLockAsync("locks", _resource, "me", 600, Token));
        }

        Assert.NotNull(await _locks.TryLockAsync("locks", _resource, "you", 600, Token));
    }

    [Fact]
    public async Task Unlock_ByAnyone_TellsWhatHappened()
    {
        await _locks.TryLockAsync("locks", _resource, "me", 600, Token);

        Assert.Equal(new UnlockResponse(LockStatus.LockBelongsToOthers), await _locks.TryUnlockAsync("locks", _resource, "you", Token));
        Assert.Equal(new UnlockResponse(LockStatus.Success), await _locks.TryUnlockAsync("locks", _resource, "me", Token));
        Assert.Equal(new UnlockResponse(LockStatus.LockDoesNotExist), await _locks.TryUnlockAsync("locks", _resource, "me", Token));
    }

    [Fact]
    public async Task Lock_Expired_IsFree()
    {
        await _locks.TryLockAsync("locks", _resource, "me", 1, Token);

        LockResponse? taken = null;
        while (taken is null)
        {
            taken = await _locks.TryLockAsync("locks", _resource, "you", 600, Token);
        }

        Assert.Equal("you", taken.LockOwner);
    }

    [Fact]
    public async Task Store_Unknown_IsADaprException()
    {
        var error = await Assert.ThrowsAsync<DaprException>(() => _locks.TryLockAsync("nowhere", _resource, "me", 1, Token));

        Assert.Equal(StatusCode.InvalidArgument, Assert.IsType<RpcException>(error.InnerException).StatusCode);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _locks.TryLockAsync("locks", _resource, "me", 0, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => _locks.TryUnlockAsync("locks", _resource, "", Token));
    }
}
