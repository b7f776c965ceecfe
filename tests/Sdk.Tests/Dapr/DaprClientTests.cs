using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Dapr;
using Dapr.Client;
using Grpc.Core;
using Grpc.Net.Client;
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

    [Theory]
    [InlineData(ConsistencyMode.Strong, ConcurrencyMode.LastWrite)]
    [InlineData(ConsistencyMode.Eventual, ConcurrencyMode.FirstWrite)]
    public async Task State_WithOptions_IsWrittenAsTheySay(ConsistencyMode consistency, ConcurrencyMode concurrency)
    {
        var options = new StateOptions { Consistency = consistency, Concurrency = concurrency };
        await _client.SaveStateAsync(Store, _key, 1, options, cancellationToken: Token);
        var entry = await _client.GetStateEntryAsync<int>(Store, _key, consistency, cancellationToken: Token);

        // Without an ETag, the last writer wins and the first one does not let a second one in.
        var second = await Record.ExceptionAsync(() => _client.SaveStateAsync(Store, _key, 2, options, cancellationToken: Token));
        Assert.Equal(concurrency == ConcurrencyMode.FirstWrite, second is DaprException);
        Assert.Equal(second is not null, await entry.TrySaveAsync(options, cancellationToken: Token));

        entry.Value = 3;
        await entry.SaveAsync(cancellationToken: Token);
        Assert.Equal(3, await _client.GetStateAsync<int>(Store, _key, consistency, cancellationToken: Token));
        await entry.DeleteAsync(new StateOptions { Consistency = consistency }, cancellationToken: Token);
        Assert.Equal("", (await _client.GetStateAndETagAsync<int>(Store, _key, cancellationToken: Token)).etag);
    }

    [Fact]
    public async Task State_WithATimeToLive_IsGoneAfterIt()
    {
        var soon = new Dictionary<string, string> { ["ttlInSeconds"] = "1" };
        var never = new Dictionary<string, string> { ["ttlInSeconds"] = "-1" };
        await _client.SaveStateAsync(Store, _key, "x", metadata: soon, cancellationToken: Token);
        await _client.SaveBulkStateAsync<string>(Store, [new(_key + "-bulk", "x", null, null, soon)], Token);
        await _client.ExecuteStateTransactionAsync(
            Store, [new(_key + "-transaction", "1"u8.ToArray(), StateOperationType.Upsert, metadata: soon)], cancellationToken: Token);
        await _client.SaveStateAsync(Store, _key + "-kept", "x", metadata: soon, cancellationToken: Token);
        await _client.SaveStateAsync(Store, _key + "-kept", "kept", metadata: never, cancellationToken: Token);

        foreach (var key in (string[])[_key, _key + "-bulk", _key + "-transaction"])
        {
            while (!(await _client.GetByteStateAsync(Store, key, cancellationToken: Token)).IsEmpty)
            {
                await Task.Yield();
            }
        }

        Assert.Equal("kept", await _client.GetStateAsync<string>(Store, _key + "-kept", cancellationToken: Token));
        var odd = new Dictionary<string, string> { ["ttlInSeconds"] = "soon" };
        await Assert.ThrowsAsync<DaprException>(() => _client.SaveStateAsync(Store, _key, "x", metadata: odd, cancellationToken: Token));
    }

    [Fact]
    public async Task BulkWrites_OneETagWrong_ChangeNothing()
    {
        await _client.SaveBulkStateAsync<int>(Store, [new(_key + "-1", 1, null), new(_key + "-2", 1, null)], Token);
        var etag = (await _client.GetStateAndETagAsync<int>(Store, _key + "-1", cancellationToken: Token)).etag;

        await Assert.ThrowsAsync<DaprException>(() =>
            _client.SaveBulkStateAsync<int>(Store, [new(_key + "-1", 2, etag), new(_key + "-2", 2, "wrong")], Token));
        await Assert.ThrowsAsync<DaprException>(() =>
            _client.DeleteBulkStateAsync(Store, [new(_key + "-1", etag), new(_key + "-2", "wrong")], Token));
        Assert.Equal(1, await _client.GetStateAsync<int>(Store, _key + "-2", cancellationToken: Token));
        Assert.False(await _client.TryDeleteStateAsync(Store, _key + "-2", "wrong", cancellationToken: Token));
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
        await Assert.ThrowsAsync<DaprException>(() => _client.GetSecretAsync("secrets", "unknown", cancellationToken: Token));
        await Assert.ThrowsAsync<DaprException>(() => _client.GetSecretAsync("nowhere", "password", cancellationToken: Token));
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
        Assert.Contains(metadata.Components, c =>
            c is { Name: Store, Type: "state.sqlite", Version: "v1" } && c.Capabilities.Contains("ETAG"));
        Assert.DoesNotContain(metadata.Actors, a => a.Count < 0 || a.Type.Length == 0);
    }

    [Fact]
    public async Task Sidecar_NotYetUp_IsWaitedForAndCanBeEnded()
    {
        await using var own = new LiveSidecar();
        using var client = own.Client();
        var waiting = client.WaitForSidecarAsync(Token);
        Assert.False(await client.CheckHealthAsync(Token));

        await own.InitializeAsync();
        await waiting;
        await client.ShutdownSidecarAsync(Token);

        await own.Stopping.WaitAsync(Token);
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

    [Fact]
    public async Task Builder_EverySetting_IsUsed()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower };
        using var client = new DaprClientBuilder()
            .UseGrpcEndpoint(_sidecar.GrpcEndpoint).UseHttpEndpoint($"http://{silent.LocalEndpoint}").UseJsonSerializationOptions(options)
            .UseGrpcChannelOptions(new GrpcChannelOptions { MaxReceiveMessageSize = 1000 })
            .UseTimeout(TimeSpan.FromMilliseconds(1)).UseDaprApiToken("token").Build();

        Assert.Same(options, client.JsonSerializerOptions);
        await client.SaveStateAsync(Store, _key, new { LongName = new string('x', 10) }, cancellationToken: Token);
        var stored = await client.GetByteStateAsync(Store, _key, cancellationToken: Token);
        Assert.Equal("""{"long-name":"xxxxxxxxxx"}""", Encoding.UTF8.GetString(stored.Span));
        await client.SaveByteStateAsync(Store, _key, new byte[2000], cancellationToken: Token);
        var error = await Assert.ThrowsAsync<DaprException>(() => client.GetByteStateAsync(Store, _key, cancellationToken: Token));
        Assert.Equal(StatusCode.ResourceExhausted, Assert.IsType<RpcException>(error.InnerException).StatusCode);
        await Assert.ThrowsAsync<TaskCanceledException>(() => client.CheckHealthAsync(Token));
        using var request = client.CreateInvokeMethodRequest("app", "method");
        Assert.Equal("token", Assert.Single(request.Headers.GetValues("dapr-api-token")));
    }

    private sealed record Order(string Name, int Count);
}
