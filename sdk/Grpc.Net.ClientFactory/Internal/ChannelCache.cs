using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grpc.Net.ClientFactory;

/// <summary>One channel, with the interceptors that belong to it, for every name and type of client.</summary>
internal sealed class ChannelCache(
    IServiceProvider services,
    IOptionsMonitor<GrpcClientFactoryOptions> options,
    IHttpMessageHandlerFactory handlers,
    ILoggerFactory loggers) : IDisposable
{
    private readonly ConcurrentDictionary<(string Name, Type Client), Lazy<(GrpcChannel Channel, CallInvoker Invoker)>> _channels = new();

    public CallInvoker Invoker(string name, Type client) =>
        _channels.GetOrAdd((name, client), key => new(() => Open(key.Name, key.Client))).Value.Invoker;

    public static CallInvoker Intercept(
        CallInvoker invoker, GrpcClientFactoryOptions options, InterceptorScope scope, IServiceProvider services) =>
        invoker.Intercept([.. options.InterceptorRegistrations.Where(one => one.Scope == scope).Select(one => one.Creator(services))]);

    public void Dispose()
    {
        foreach (var (channel, _) in _channels.Values.Where(entry => entry.IsValueCreated).Select(entry => entry.Value))
        {
            channel.Dispose();
        }
    }

    private (GrpcChannel Channel, CallInvoker Invoker) Open(string name, Type client)
    {
        var wanted = options.Get(name);
        if (wanted.Address is not { } address)
        {
            throw new InvalidOperationException(
                $"The gRPC client '{name}' has no address. Give one where it is registered: AddGrpcClient<{client.Name}>(o => o.Address = …).");
        }

        var channelOptions = new GrpcChannelOptions
        {
            HttpHandler = handlers.CreateHandler(name),
            LoggerFactory = loggers,
            ServiceProvider = services,
        };
        foreach (var configure in wanted.ChannelOptionsActions)
        {
            configure(channelOptions);
        }

        var channel = GrpcChannel.ForAddress(address, channelOptions);
        return (channel, Intercept(channel.CreateCallInvoker(), wanted, InterceptorScope.Channel, services));
    }
}
