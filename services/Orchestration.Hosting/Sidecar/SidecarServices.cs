using Dapr.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orchestration.Hosting.Sidecar;

/// <summary>What a service needs to talk to its sidecar.</summary>
public static class SidecarServices
{
    /// <summary>Adds the Dapr client and the channel for calls to other apps, both configured by the names that Dapr uses.</summary>
    public static IServiceCollection AddSidecar(this IServiceCollection services)
    {
        services.AddSingleton<SidecarChannel>();
        services.AddSingleton(provider =>
        {
            var address = new SidecarAddress(provider.GetRequiredService<IConfiguration>());
            var client = new DaprClientBuilder().UseGrpcEndpoint(address.Grpc).UseHttpEndpoint(address.Http);
            return (address.Token.Length == 0 ? client : client.UseDaprApiToken(address.Token)).Build();
        });
        return services;
    }
}
