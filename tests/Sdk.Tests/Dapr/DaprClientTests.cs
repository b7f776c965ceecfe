using System.Text;
using Dapr;
using Dapr.Client;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Sdk.Tests.Dapr;

/// <summary>The client's building blocks with the development sidecar.</summary>
public sealed class DaprClientTests : IClassFixture<LiveSidecar>, IDisposable
{
    private const string Store = "statestore";

    private readonly LiveSidecar _sidecar;
    private readonly DaprClient _client;
    private readonly string _key = Guid.NewGuid().ToString("N");

    public DaprClientTests(LiveSidecar sidecar)
    {
        _sidecar = sidecar;
        _client = sidecar.Client();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task State_SavedReadDeleted_KeepsTheValue()
    {
        await _client.SaveStateAsync(Store, _key, new Order("a", 3), cancellationToken: Token);
        Assert.Equal(new Order("a", 3), await _client.GetStateAsync<Order>(Store, _key, cancellationToken: Token));

        await _client.DeleteStateAsync(Store, _key, cancellationToken: Token);
        Assert.Null(await _client.GetStateAsync<Order?>(Store, _key, cancellationToken: Token));
    }

    [Fact]
    public async Task State_ETagChanged_IsRefusedWithoutAnException()
    {
        await _client.SaveStateAsync(Store, _key, 1, cancellationToken: Token);
        var mine = await _client.GetStateEntryAsync<int>(Store, _key, cancellationToken: Token);
        var theirs = await _client.GetStateEntryAsync<int>(Store, _key, cancellationToken: Token);
        theirs.Value = 2;
        mine.Value = 3;

        Assert.True(await theirs.TrySaveAsync(cancellationToken: Token));
        Assert.False(await mine.TrySaveAsync(cancellationToken: Token));
        Assert.False(await mine.TryDeleteAsync(cancellationToken: Token));
        Assert.Equal(2, await _client.GetStateAsync<int>(Store, _key, cancellationToken: Token));
    }

    [Fact]
    public async Task State_FirstWriteWithoutETag_CreatesOnlyOnce()
    {
        var create = new StateOptions { Concurrency = ConcurrencyMode.FirstWrite };

        Assert.True(await _client.TrySaveStateAsync(Store, _key, 1, "", create, cancellationToken: Token));
        Assert.False(await _client.TrySaveStateAsync(Store, _key, 2, "", create, cancellationToken: Token));
    }

    [Fact]
    public async Task Transaction_OneOperationRefused_ChangesNothing()
    {
        await _client.SaveStateAsync(Store, _key + "-1", "old", cancellationToken: Token);
        var operations = new List<StateTransactionRequest>
        {
            new(_key + "-2", "\"new\""u8.ToArray(), StateOperationType.Upsert),
            new(_key + "-1", null, StateOperationType.Delete, etag: "wrong"),
        };

        await Assert.ThrowsAsync<DaprException>(() => _client.ExecuteStateTransactionAsync(Store, operations, cancellationToken: Token));
        Assert.Null(await _client.GetStateAsync<string?>(Store, _key + "-2", cancellationToken: Token));

        operations[1].ETag = null;
        await _client.ExecuteStateTransactionAsync(Store, operations, cancellationToken: Token);
        Assert.Equal("new", await _client.GetStateAsync<string>(Store, _key + "-2", cancellationToken: Token));
    }

    [Fact]
    public async Task BulkState_MissingKeyAmongThem_IsEmpty()
    {
        await _client.SaveBulkStateAsync<string>(
            Store, [new(_key + "-1", "one", null), new(_key + "-2", "two", null)], Token);

        var read = await _client.GetBulkStateAsync<string?>(Store, [_key + "-1", _key + "-2", _key + "-3"], null, cancellationToken: Token);
        Assert.Equal(["one", "two", null], read.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => i.Value));

        await _client.DeleteBulkStateAsync(Store, [new(_key + "-1", null), new(_key + "-2", null)], Token);
        var texts = await _client.GetBulkStateAsync(Store, [_key + "-1"], 1, cancellationToken: Token);
        Assert.Equal(("", ""), (texts[0].Value, texts[0].ETag));
    }

    [Fact]
    public async Task ByteState_AnyBytes_ComeBackAsTheyAre()
    {
        byte[] bytes = [0, 255, 128, .. Encoding.UTF8.GetBytes("ä")];
        await _client.SaveByteStateAsync(Store, _key, bytes, cancellationToken: Token);

        var (read, etag) = await _client.GetByteStateAndETagAsync(Store, _key, cancellationToken: Token);

        Assert.Equal(bytes, read.ToArray());
        Assert.False(await _client.TrySaveByteStateAsync(Store, _key, bytes, etag + "x", cancellationToken: Token));
        Assert.True(await _client.TrySaveByteStateAsync(Store, _key, bytes, etag, cancellationToken: Token));
    }

    [Fact]
    public async Task Store_Unknown_IsADaprException()
    {
        var error = await Assert.ThrowsAsync<DaprException>(() => _client.GetStateAsync<int>("nowhere", _key, cancellationToken: Token));

        Assert.Equal(StatusCode.InvalidArgument, Assert.IsType<RpcException>(error.InnerException).StatusCode);
    }

    [Fact]
    public async Task Call_Cancelled_IsACancellation() => await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
        _client.GetStateAsync<int>(Store, _key, cancellationToken: new CancellationToken(canceled: true)));

    [Fact]
    public async Task Secret_OfAFile_IsRead()
    {
        Assert.Equal("open sesame", (await _client.GetSecretAsync("secrets", "password", cancellationToken: Token))["password"]);
        Assert.Equal("open sesame", (await _client.GetBulkSecretAsync("secrets", cancellationToken: Token))["password"]["password"]);
    }

    [Fact]
#pragma warning disable DAPR_DISTRIBUTEDLOCK // tested here
    public async Task Lock_TakenTwice_IsRefusedUntilGivenBack()
    {
        Assert.True((await _client.Lock("locks", _key, "me", 60, Token)).Success);
        Assert.False((await _client.Lock("locks", _key, "me", 60, Token)).Success);
        Assert.Equal(LockStatus.LockBelongsToOthers, (await _client.Unlock("locks", _key, "you", Token)).status);
        Assert.Equal(LockStatus.Success, (await _client.Unlock("locks", _key, "me", Token)).status);
        Assert.Equal(LockStatus.LockDoesNotExist, (await _client.Unlock("locks", _key, "me", Token)).status);
    }
#pragma warning restore DAPR_DISTRIBUTEDLOCK

    [Fact]
    public async Task Sidecar_Up_TellsAboutItself()
    {
        await _client.WaitForSidecarAsync(Token);
        Assert.True(await _client.CheckOutboundHealthAsync(Token));
        await _client.SetMetadataAsync("colour", "green", Token);
        var metadata = await _client.GetMetadataAsync(Token);

        Assert.Equal("app", metadata.Id);
        Assert.Equal("green", metadata.Extended["colour"]);
        Assert.Contains(metadata.Components, c => c is { Name: Store, Type: "state.sqlite" });
    }

    [Fact]
    public async Task Sidecar_Away_IsNotHealthy()
    {
        using var client = new DaprClientBuilder().UseHttpEndpoint("http://127.0.0.1:1").UseGrpcEndpoint("http://127.0.0.1:1").Build();

        Assert.False(await client.CheckHealthAsync(Token));
        Assert.False(await client.CheckOutboundHealthAsync(Token));
    }

    [Fact]
    public void InvokeRequest_WithQueryAndData_GoesToTheMethod()
    {
        using var request = _client.CreateInvokeMethodRequest(HttpMethod.Put, "Shop", "orders/1?x=1", [new("q", "a b")], new Order("a", 1));

        Assert.Equal($"{_sidecar.HttpEndpoint}/v1.0/invoke/Shop/method/orders/1?x=1&q=a%20b", request.RequestUri!.AbsoluteUri);
        Assert.Equal(HttpMethod.Put, request.Method);
        Assert.Equal("application/json", request.Content!.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Registration_InServices_UsesConfiguration()
    {
        var services = new ServiceCollection();
        services.AddDaprClient((_, builder) => builder.UseGrpcEndpoint(_sidecar.GrpcEndpoint));
        services.AddDaprClient(_ => throw new InvalidOperationException("The first registration stays."));
        await using var provider = services.BuildServiceProvider();

        Assert.Equal("app", (await provider.GetRequiredService<DaprClient>().GetMetadataAsync(Token)).Id);
    }

    private sealed record Order(string Name, int Count);
}
