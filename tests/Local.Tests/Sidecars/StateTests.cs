using System.Net;
using System.Net.Http.Json;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Grpc.Core;
using static Dapr.Client.Autogen.Grpc.v1.StateOptions.Types;

namespace Local.Tests.Sidecars;

public sealed class StateTests : IAsyncLifetime
{
    private readonly TestApp one = new("one");
    private readonly TestApp two = new("two");
    private RunningSidecar sidecar = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Stores => ["statestore", "scratch"];

    public async ValueTask InitializeAsync() => sidecar = await RunningSidecar.StartAsync(one, two);

    public ValueTask DisposeAsync() => sidecar.DisposeAsync();

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Save_ThenGet_ReturnsValueAndFreshEtag(string store)
    {
        await SaveAsync(store, Item("k", "v1"));
        var first = await GetAsync(one, store, "k");
        await SaveAsync(store, Item("k", "v2"));
        var second = await GetAsync(one, store, "k");

        Assert.Equal("v1", first.Data.ToStringUtf8());
        Assert.Equal("v2", second.Data.ToStringUtf8());
        Assert.NotEqual(first.Etag, second.Etag);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Get_MissingKey_IsEmpty(string store)
    {
        var missing = await GetAsync(one, store, "nothing");

        Assert.True(missing.Data.IsEmpty);
        Assert.Empty(missing.Etag);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Save_StaleEtag_IsAbortedAndChangesNothing(string store)
    {
        await SaveAsync(store, Item("k", "v1"));
        var etag = (await GetAsync(one, store, "k")).Etag;
        await SaveAsync(store, Item("k", "v2", etag));

        var error = await Assert.ThrowsAsync<RpcException>(() => SaveAsync(store, Item("k", "v3", etag)));

        Assert.Equal(StatusCode.Aborted, error.StatusCode);
        Assert.Equal("v2", (await GetAsync(one, store, "k")).Data.ToStringUtf8());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Save_FirstWriteWithoutEtag_CreatesOnly(string store)
    {
        var item = Item("k", "v1");
        item.Options = new StateOptions { Concurrency = StateConcurrency.ConcurrencyFirstWrite };
        await SaveAsync(store, item);

        var error = await Assert.ThrowsAsync<RpcException>(() => SaveAsync(store, item));

        Assert.Equal(StatusCode.Aborted, error.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Transaction_OneStaleEtag_ChangesNothing(string store)
    {
        await SaveAsync(store, Item("a", "old"));
        var request = new ExecuteStateTransactionRequest { StoreName = store };
        request.Operations.Add(new TransactionalStateOperation { OperationType = "upsert", Request = Item("a", "new") });
        request.Operations.Add(new TransactionalStateOperation { OperationType = "delete", Request = Item("b", "", "12345") });

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await sidecar.Dapr(one).ExecuteStateTransactionAsync(request, cancellationToken: Token));

        Assert.Equal(StatusCode.Aborted, error.StatusCode);
        Assert.Equal("old", (await GetAsync(one, store, "a")).Data.ToStringUtf8());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Transaction_UpsertAndDelete_AreDoneTogether(string store)
    {
        await SaveAsync(store, Item("b", "old"));
        var request = new ExecuteStateTransactionRequest { StoreName = store };
        request.Operations.Add(new TransactionalStateOperation { OperationType = "upsert", Request = Item("a", "new") });
        request.Operations.Add(new TransactionalStateOperation { OperationType = "delete", Request = Item("b", "") });

        await sidecar.Dapr(one).ExecuteStateTransactionAsync(request, cancellationToken: Token);

        var both = await sidecar.Dapr(one)
            .GetBulkStateAsync(new GetBulkStateRequest { StoreName = store, Keys = { "a", "b" } }, cancellationToken: Token);
        Assert.Equal(["new", ""], both.Items.Select(item => item.Data.ToStringUtf8()));
    }

    [Fact]
    public async Task Keys_ByDefaultPerApp_WithPrefixNameShared()
    {
        await SaveAsync("statestore", Item("k", "mine"));
        await SaveAsync("blobs", Item("k", "ours"));

        Assert.True((await GetAsync(two, "statestore", "k")).Data.IsEmpty);
        Assert.Equal("ours", (await GetAsync(two, "blobs", "k")).Data.ToStringUtf8());
    }

    [Fact]
    public async Task Save_WithTtl_TellsExpiry()
    {
        var item = Item("k", "v");
        item.Metadata["ttlInSeconds"] = "1000";
        await SaveAsync("statestore", item);

        Assert.True((await GetAsync(one, "statestore", "k")).Metadata.ContainsKey("ttlExpireTime"));
    }

    [Theory]
    [InlineData("nosuchstore", "k", StatusCode.InvalidArgument)]
    [InlineData("statestore", "", StatusCode.InvalidArgument)]
    [InlineData("statestore", "a||b", StatusCode.InvalidArgument)]
    public async Task Get_BadRequest_IsRefused(string store, string key, StatusCode code)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => GetAsync(one, store, key));

        Assert.Equal(code, error.StatusCode);
    }

    [Fact]
    public async Task Http_SaveGetDelete_FollowsEtags()
    {
        using var http = new HttpClient { BaseAddress = one.HttpAddress };
        var saved = await http.PostAsJsonAsync("/v1.0/state/statestore", new[] { new { key = "h", value = new { n = 1 } } }, Token);
        using var found = await http.GetAsync("/v1.0/state/statestore/h", Token);
        using var stale = new HttpRequestMessage(HttpMethod.Delete, "/v1.0/state/statestore/h");
        stale.Headers.TryAddWithoutValidation("If-Match", "other");
        using var refused = await http.SendAsync(stale, Token);
        using var deleted = await http.DeleteAsync("/v1.0/state/statestore/h", Token);
        using var missing = await http.GetAsync("/v1.0/state/statestore/h", Token);

        Assert.Equal(HttpStatusCode.NoContent, saved.StatusCode);
        Assert.Equal("""{"n":1}""", await found.Content.ReadAsStringAsync(Token));
        Assert.True(found.Headers.NonValidated.Contains("ETag"));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, missing.StatusCode);
    }

    private static StateItem Item(string key, string value, string? etag = null)
    {
        var item = new StateItem { Key = key, Value = ByteString.CopyFromUtf8(value) };
        if (etag is not null)
        {
            item.Etag = new Etag { Value = etag };
        }

        return item;
    }

    private async Task SaveAsync(string store, StateItem item) =>
        await sidecar.Dapr(one).SaveStateAsync(new SaveStateRequest { StoreName = store, States = { item } }, cancellationToken: Token);

    private async Task<GetStateResponse> GetAsync(TestApp app, string store, string key) =>
        await sidecar.Dapr(app).GetStateAsync(new GetStateRequest { StoreName = store, Key = key }, cancellationToken: Token);
}
