using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Grpc.Net.ClientFactory;

/// <summary>Makes clients whose own interceptors and call options see the services of the current scope.</summary>
internal sealed class ScopedClientFactory(
    ChannelCache channels, IServiceProvider services, IOptionsMonitor<GrpcClientFactoryOptions> options) : GrpcClientFactory
{
    public override TClient CreateClient<TClient>(string name)
    {
        var wanted = options.Get(name);
        if (!wanted.IsRegistered)
        {
            throw new InvalidOperationException($"No gRPC client is registered with the name '{name}'.");
        }

        var invoker = channels.Invoker(name, typeof(TClient));
        if (wanted.CallOptionsActions.Count > 0)
        {
            invoker = invoker.Intercept(new CallOptionsInterceptor(wanted.CallOptionsActions, services));
        }

        invoker = ChannelCache.Intercept(invoker, wanted, InterceptorScope.Client, services);
        return (TClient)(wanted.Creator?.Invoke(invoker) ?? Activator<TClient>.Create(services, [invoker]));
    }

    private static class Activator<TClient>
    {
        public static readonly ObjectFactory Create = ActivatorUtilities.CreateFactory(typeof(TClient), [typeof(CallInvoker)]);
    }
}
