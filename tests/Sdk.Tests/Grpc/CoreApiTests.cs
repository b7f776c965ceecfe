using System.Text;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Sdk.Tests.Grpc;

public sealed class CoreApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ClientInterceptors_SeveralGiven_RunInTheirOrder()
    {
        await using var server = await GrpcServer.StartAsync(Token);
        var trace = new List<string>();
        var invoker = server.Channel.Intercept(new TracingInterceptor("outer", trace), new TracingInterceptor("inner", trace));

        await new Calls.CallsClient(invoker).EchoAsync(new Note(), cancellationToken: Token);

        Assert.Equal(["outer", "inner"], trace);
    }

    [Fact]
    public async Task HeaderInterceptor_CallWithoutHeaders_AddsThem()
    {
        await using var server = await GrpcServer.StartAsync(Token);
        var invoker = server.Channel.Intercept(headers =>
        {
            headers.Add("token-bin", [7]);
            return headers;
        });

        using var call = new Calls.CallsClient(invoker).EchoAsync(new Note(), cancellationToken: Token);

        Assert.Equal([7], (await call.ResponseHeadersAsync).GetValueBytes("token-bin"));
        await call;
    }

    [Fact]
    public async Task PlainInterceptor_AllKindsOfCall_GoesOnUnchanged()
    {
        await using var server = await GrpcServer.StartAsync(
            Token, services => services.AddGrpc(options => options.Interceptors.Add<PlainInterceptor>()));
        var client = new Calls.CallsClient(server.Channel.Intercept(new PlainInterceptor()));

        Assert.Equal("a", client.Echo(new Note { Text = "a" }, cancellationToken: Token).Text);
        using var count = client.Count(new Note { Number = 2 }, cancellationToken: Token);
        Assert.Equal([1, 2], await count.ResponseStream.ReadAllAsync(Token).Select(note => note.Number).ToListAsync(Token));
        using var sum = client.Sum(cancellationToken: Token);
        await sum.RequestStream.WriteAsync(new Note { Number = 3 }, Token);
        await sum.RequestStream.CompleteAsync();
        Assert.Equal(3, (await sum).Number);
        using var chat = client.Chat(cancellationToken: Token);
        await chat.RequestStream.WriteAsync(new Note { Text = "b" }, Token);
        Assert.True(await chat.ResponseStream.MoveNext(Token));
        Assert.Equal("B", chat.ResponseStream.Current.Text);
    }

    [Fact]
    public async Task ServerInterceptor_Registered_StandsAroundTheHandler()
    {
        var trace = new List<string>();
        await using var server = await GrpcServer.StartAsync(
            Token, services => services.AddGrpc(options => options.Interceptors.Add<TracingInterceptor>("server", trace)));

        await new Calls.CallsClient(server.Channel).EchoAsync(new Note(), cancellationToken: Token);

        Assert.Equal(["server"], trace);
    }

    [Fact]
    public async Task ServiceDefinition_Mapped_ServesItsMethods()
    {
        var text = Marshallers.StringMarshaller;
        var method = new Method<string, string>(MethodType.Unary, "plain.Text", "Reverse", text, text);
        var definition = ServerServiceDefinition.CreateBuilder()
            .AddMethod(method, (request, _) => Task.FromResult(new string([.. request.Reverse()])))
            .Build();
        await using var server = await GrpcServer.StartAsync(Token, map: app => app.MapGrpcService(definition));

        var call = server.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(cancellationToken: Token), "abc");

        Assert.Equal("cba", await call);
        Assert.Equal("/plain.Text/Reverse", method.FullName);
    }

    [Fact]
    public void ServiceDefinition_MethodTwice_Throws()
    {
        var text = Marshallers.StringMarshaller;
        var method = new Method<string, string>(MethodType.Unary, "plain.Text", "Reverse", text, text);
        var builder = ServerServiceDefinition.CreateBuilder().AddMethod(method, (request, _) => Task.FromResult(request));

        Assert.Throws<ArgumentException>(() => builder.AddMethod(method, (request, _) => Task.FromResult(request)));
    }

    [Fact]
    public async Task WithHost_Called_NamesTheHostInEveryCall()
    {
        var invoker = new HostRecorder();
        var client = new Calls.CallsClient(invoker);

        await client.EchoAsync(new Note(), cancellationToken: Token);
        await client.WithHost("elsewhere").EchoAsync(new Note(), cancellationToken: Token);

        Assert.Equal([null, "elsewhere"], invoker.Hosts);
    }

    [Fact]
    public void ClientWithoutInvoker_Called_Throws() =>
        Assert.Throws<NotImplementedException>(() => new EmptyClient().Echo(new Note(), cancellationToken: Token));

    [Fact]
    public void ContextualMarshaller_UsedWithArrays_RoundTrips()
    {
        var marshaller = Marshallers.Create<string>(
            (value, context) =>
            {
                context.SetPayloadLength(value.Length);
                Encoding.ASCII.GetBytes(value, context.GetBufferWriter());
                context.Complete();
            },
            context => $"{context.PayloadLength}:{Encoding.ASCII.GetString(context.PayloadAsReadOnlySequence())}");

        Assert.Equal("3:abc", marshaller.Deserializer(marshaller.Serializer("abc")));
    }

    [Fact]
    public void ChannelCredentials_CallCredentialsOnInsecureChannel_Throws()
    {
        var call = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);

        Assert.Throws<ArgumentException>(() => ChannelCredentials.Create(ChannelCredentials.Insecure, call));
        Assert.Throws<ArgumentException>(() => CallCredentials.Compose(call));
        Assert.NotNull(ChannelCredentials.Create(ChannelCredentials.SecureSsl, CallCredentials.Compose(call, call)));
    }

    [Fact]
    public void RpcException_WithLocalCause_TellsStatusAndCause()
    {
        var cause = new TimeoutException("late");
        var error = new RpcException(new Status(StatusCode.Unavailable, "away", cause));

        Assert.Equal("Status(StatusCode=\"Unavailable\", Detail=\"away\", DebugException=\"System.TimeoutException: late\")", error.Message);
        Assert.Same(cause, error.InnerException);
        Assert.Empty(error.Trailers);
    }

    [Fact]
    public void AuthContext_WithIdentity_FindsItsProperties()
    {
        var context = new AuthContext("name", new() { ["name"] = [AuthProperty.Create("name", "me"u8.ToArray())], ["other"] = [] });

        Assert.True(context.IsPeerAuthenticated);
        Assert.Equal("me", Assert.Single(context.PeerIdentity).Value);
        Assert.Empty(context.FindPropertiesByName("missing"));
        Assert.False(new AuthContext(null, []).IsPeerAuthenticated);
    }

    private sealed class EmptyClient : Calls.CallsClient;

    private sealed class PlainInterceptor : Interceptor;

    private sealed class HostRecorder : CallInvoker
    {
        public List<string?> Hosts { get; } = [];

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        {
            Hosts.Add(host);
            return new AsyncUnaryCall<TResponse>(
                Task.FromResult(method.ResponseMarshaller.Deserializer([])),
                Task.FromResult(Metadata.Empty),
                () => Status.DefaultSuccess,
                () => Metadata.Empty,
                () => { });
        }

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();
    }
}
