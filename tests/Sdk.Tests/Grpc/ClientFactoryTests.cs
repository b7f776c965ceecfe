using Grpc.Core;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Sdk.Tests.Grpc;

public sealed class ClientFactoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TypedClient_FromTheContainer_Calls()
    {
        await using var server = await GrpcServer.StartAsync(Token);
        await using var services = Services(collection => collection.AddGrpcClient<Calls.CallsClient>(o => o.Address = server.Address));

        var response = await services.GetRequiredService<Calls.CallsClient>().EchoAsync(new Note { Text = "hi" }, cancellationToken: Token);

        Assert.Equal("hi", response.Text);
    }

    [Fact]
    public async Task NamedClients_EachWithItsAddress_CallTheirServers()
    {
        await using var first = await GrpcServer.StartAsync(Token);
        await using var second = await GrpcServer.StartAsync(Token);
        await using var services = Services(collection =>
        {
            collection.AddGrpcClient<Calls.CallsClient>("first", o => o.Address = first.Address);
            collection.AddGrpcClient<Calls.CallsClient>("second", (_, o) => o.Address = second.Address);
        });
        var hang = services.GetRequiredService<GrpcClientFactory>().CreateClient<Calls.CallsClient>("second")
            .HangAsync(new Note(), cancellationToken: Token);

        await second.Probe.Deadline.Task.WaitAsync(Token);

        Assert.False(first.Probe.Deadline.Task.IsCompleted);
        hang.Dispose();
    }

    [Fact]
    public async Task Interceptors_OfBothScopes_RunClientFirstAndLiveAsLongAsTheirScope()
    {
        await using var server = await GrpcServer.StartAsync(Token);
        var trace = new List<string>();
        var made = new List<string>();
        await using var services = Services(collection => collection
            .AddGrpcClient<Calls.CallsClient>(o => o.Address = server.Address)
            .AddInterceptor(() => Made("channel-1"))
            .AddInterceptor(InterceptorScope.Client, () => Made("client"))
            .AddInterceptor(_ => Made("channel-2")));

        await services.GetRequiredService<Calls.CallsClient>().EchoAsync(new Note(), cancellationToken: Token);
        await services.GetRequiredService<Calls.CallsClient>().EchoAsync(new Note(), cancellationToken: Token);

        Assert.Equal(["client", "channel-1", "channel-2", "client", "channel-1", "channel-2"], trace);
        Assert.Equal(["channel-1", "channel-2", "client", "client"], made);

        TracingInterceptor Made(string name)
        {
            made.Add(name);
            return new TracingInterceptor(name, trace);
        }
    }

    [Fact]
    public async Task CallOptionsAndCredentials_Configured_ReachTheServer()
    {
        await using var server = await GrpcServer.StartAsync(Token);
        await using var services = Services(collection => collection
            .AddGrpcClient<Calls.CallsClient>(o =>
            {
                o.Address = server.Address;
                o.CallOptionsActions.Add(call => call.CallOptions = call.CallOptions.WithHeaders(new Metadata { { "token-bin", [1, 2] } }));
            })
            .ConfigureChannel(channel => channel.UnsafeUseInsecureChannelCallCredentials = true)
            .AddCallCredentials((_, metadata) =>
            {
                metadata.Add("word", "secret");
                return Task.CompletedTask;
            })
            .AddCallCredentials((context, metadata, provider) =>
            {
                metadata.Add("method", $"{context.MethodName} {provider.GetRequiredService<CallsProbe>().Deadline.Task.IsCompleted}");
                return Task.CompletedTask;
            }));

        using var call = services.GetRequiredService<Calls.CallsClient>().EchoAsync(new Note(), cancellationToken: Token);
        await call;

        Assert.Equal("secret", call.GetTrailers().GetValue("tail"));
        Assert.Equal([1, 2], (await call.ResponseHeadersAsync).GetValueBytes("token-bin"));
    }

    [Fact]
    public async Task ClientCreator_Configured_MakesTheClient()
    {
        await using var server = await GrpcServer.StartAsync(Token);
        await using var services = Services(collection => collection
            .AddGrpcClient<Calls.CallsClient>(o => o.Address = server.Address)
            .ConfigureGrpcClientCreator(invoker => new SpecialClient(invoker)));

        Assert.IsType<SpecialClient>(services.GetRequiredService<Calls.CallsClient>());
    }

    [Fact]
    public void CreateClient_WithoutAddress_ThrowsNamingTheClient()
    {
        using var services = Services(collection => collection.AddGrpcClient<Calls.CallsClient>());

        var error = Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<Calls.CallsClient>());

        Assert.Contains("CallsClient", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateClient_NotRegistered_Throws()
    {
        using var services = Services(collection => collection.AddGrpcClient<Calls.CallsClient>(o => o.Address = new Uri("http://localhost:1")));

        Assert.Throws<InvalidOperationException>(
            () => services.GetRequiredService<GrpcClientFactory>().CreateClient<Calls.CallsClient>("other"));
    }

    [Fact]
    public void ConfigureChannel_OnAnHttpClient_Throws()
    {
        var builder = new ServiceCollection().AddHttpClient("plain");

        Assert.Throws<InvalidOperationException>(() => builder.ConfigureChannel(_ => { }));
    }

    private static ServiceProvider Services(Action<IServiceCollection> register)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<CallsProbe>();
        register(collection);
        return collection.BuildServiceProvider();
    }

    private sealed class SpecialClient(CallInvoker invoker) : Calls.CallsClient(invoker);
}
